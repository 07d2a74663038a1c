/*
 * vssapi.dll: a Volume Shadow Copy Service for tests, on top of skzdisk.sys.
 *
 * Written against mingw-w64's vsbackup.h (its C vtables), so a caller with slot numbers of its own meets the header's layout.
 * Snapshots are real ones of the driver: what is written to a volume afterwards is not in them.  The order of calls is held to
 * as documented; a call out of order gets VSS_E_BAD_STATE.
 *
 * Environment:
 *   FAKEVSS_LOG      a file that every call is appended to (else standard error, if FAKEVSS_LOUD is set)
 *   FAKEVSS_FAIL     Method=HRESULT[;Method=HRESULT...]: what a method returns; of methods with an IVssAsync: DoSnapshotSet is
 *                    the call itself, DoSnapshotSet.Async what QueryStatus then tells
 *   FAKEVSS_WAIT     milliseconds that each asynchronous operation takes, or Method=milliseconds for one of them
 *   FAKEVSS_WRITER   HRESULT with which the one writer failed, before the freeze
 *   FAKEVSS_WRITER_LATE  1: it fails at the freeze instead
 */
#include "fakevss.h"

Snapshot snapshots[MOST_SETS];
int snapshotCount;
CRITICAL_SECTION guard;
LONG objects;

static IVssBackupComponentsVtbl table = {.QueryInterface = query, .AddRef = addRef, .Release = release, .InitializeForBackup = initializeForBackup,
        .SetBackupState = setBackupState, .GatherWriterMetadata = gatherWriterMetadata, .FreeWriterMetadata = freeWriterMetadata, .PrepareForBackup = prepareForBackup,
        .AbortBackup = abortBackup, .GatherWriterStatus = gatherWriterStatus, .GetWriterStatusCount = getWriterStatusCount, .FreeWriterStatus = freeWriterStatus,
        .GetWriterStatus = getWriterStatus, .BackupComplete = backupComplete, .SetContext = setContext, .StartSnapshotSet = startSnapshotSet,
        .AddToSnapshotSet = addToSnapshotSet, .DoSnapshotSet = doSnapshotSet, .DeleteSnapshots = deleteSnapshots, .GetSnapshotProperties = getSnapshotProperties,
        .Query = querySnapshots, .IsVolumeSupported = isVolumeSupported};

__declspec(dllexport) HRESULT WINAPI CreateVssBackupComponentsInternal(IVssBackupComponents **to) {
    APTTYPE type;
    APTTYPEQUALIFIER qualifier;
    note("CreateVssBackupComponentsInternal");
    HRESULT result = wish("CreateVssBackupComponentsInternal");
    if (FAILED(result)) {
        return result;
    }
    if (CoGetApartmentType(&type, &qualifier) == CO_E_NOTINITIALIZED) {
        note("  COM is not initialized on this thread");
        return CO_E_NOTINITIALIZED;
    }
    Components *self = calloc(1, sizeof *self);
    self->face.lpVtbl = &table;
    self->references = 1;
    InterlockedIncrement(&objects);
    *to = &self->face;
    return S_OK;
}

__declspec(dllexport) void WINAPI VssFreeSnapshotPropertiesInternal(VSS_SNAPSHOT_PROP *properties) {
    note("VssFreeSnapshotPropertiesInternal(%ls)", properties->m_pwszSnapshotDeviceObject);
    CoTaskMemFree(properties->m_pwszSnapshotDeviceObject);
    CoTaskMemFree(properties->m_pwszOriginalVolumeName);
    CoTaskMemFree(properties->m_pwszOriginatingMachine);
    CoTaskMemFree(properties->m_pwszServiceMachine);
    memset(properties, 0, sizeof *properties);
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved) {
    (void) module;
    (void) reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        InitializeCriticalSection(&guard);
        void **slots = (void **) &table;
        for (size_t i = 0; i < sizeof table / sizeof *slots; i++) {
            if (!slots[i]) {
                slots[i] = unexpected;
            }
        }
    } else if (reason == DLL_PROCESS_DETACH) {
        for (int i = snapshotCount; i-- > 0;) {
            if (!(snapshots[i].context & ATTR_PERSISTENT)) {
                dropSnapshot(i); /* VSS itself lets go of what a dead requester had */
            }
        }
    }
    return TRUE;
}
