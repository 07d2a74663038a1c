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
 *   FAKEVSS_WAIT     milliseconds that each asynchronous operation takes
 *   FAKEVSS_WRITER   HRESULT with which the one writer failed
 */
#define COBJMACROS
#define CINTERFACE
#define _WIN32_WINNT 0x0A00
#include <winsock2.h>
#include <windows.h>
#include <initguid.h>
#include <objbase.h>
#include <vss.h>
#include <vswriter.h>
#include <vsbackup.h>
#include <stdio.h>
#include <stdlib.h>
#include "skzioctl.h"

#define MOST_VOLUMES 16
#define MOST_SETS 64
#define VSS_CTX_BACKUP_ 0
#define ATTR_PERSISTENT 0x1
#define ATTR_NO_AUTO_RELEASE 0x8

typedef enum { MADE, INITIALIZED, STARTED, PREPARED, SNAPSHOT, COMPLETE } State;

/* one snapshot; they outlive the object that made them where their context says so */
typedef struct {
    VSS_ID set, id;
    WCHAR device[80], volume[260];
    LONG context;
    LONGLONG time;
    BOOL made;
    HANDLE keeper; /* the driver drops the snapshot when it is closed, also by the death of the process */
} Snapshot;

typedef struct {
    IVssAsync face;
    LONG references;
    const char *name;
    ULONGLONG end;
    HRESULT result;
    BOOL cancelled;
} Async;

typedef struct {
    IVssBackupComponents face;
    LONG references;
    State state;
    BOOL gathered, backupState;
    LONG context;
    VSS_ID set;
    Async *preparing, *making;
} Components;

static Snapshot snapshots[MOST_SETS];
static int snapshotCount;
static CRITICAL_SECTION guard;
static LONG objects;

/* ------------------------------------------------------------------------------------------------ log and wishes */

static void note(const char *format, ...) {
    char path[MAX_PATH];
    va_list arguments;
    FILE *to = GetEnvironmentVariableA("FAKEVSS_LOG", path, sizeof path) ? fopen(path, "a") : getenv("FAKEVSS_LOUD") ? stderr : NULL;
    if (!to) {
        return;
    }
    va_start(arguments, format);
    vfprintf(to, format, arguments);
    va_end(arguments);
    fputc('\n', to);
    if (to == stderr) {
        fflush(to);
    } else {
        fclose(to);
    }
}

static const char *guidText(const GUID *guid) {
    static char texts[16][40];
    static LONG next;
    char *to = texts[InterlockedIncrement(&next) & 15];
    sprintf(to, "%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid->Data1, guid->Data2, guid->Data3, guid->Data4[0], guid->Data4[1], guid->Data4[2],
            guid->Data4[3], guid->Data4[4], guid->Data4[5], guid->Data4[6], guid->Data4[7]);
    return to;
}

/* what the test wants a method to return, S_OK if nothing */
static HRESULT wish(const char *method) {
    char all[1024];
    size_t length = strlen(method);
    if (!GetEnvironmentVariableA("FAKEVSS_FAIL", all, sizeof all)) {
        return S_OK;
    }
    for (char *one = strtok(all, ";"); one; one = strtok(NULL, ";")) {
        if (!strncmp(one, method, length) && one[length] == '=') {
            HRESULT result = (HRESULT) strtoul(one + length + 1, NULL, 16);
            note("  %s fails as wished: %08lx", method, result);
            return result;
        }
    }
    return S_OK;
}

static DWORD numberOf(const char *name, int base) {
    char value[32];
    return GetEnvironmentVariableA(name, value, sizeof value) ? strtoul(value, NULL, base) : 0;
}

/* ------------------------------------------------------------------------------------------------------- driver */

static BOOL tellAndHold(const WCHAR *device, const char *line, char *answer, DWORD most, HANDLE *held) {
    DWORD got = 0;
    char unused[16];
    HANDLE handle = CreateFileW(device, 0, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        return FALSE;
    }
    BOOL done = DeviceIoControl(handle, SKZ_COMMAND, (void *) line, (DWORD) strlen(line), answer ? answer : unused, answer ? most - 1 : sizeof unused, &got, NULL);
    if (answer) {
        answer[done ? got : 0] = 0;
    }
    if (done && held) {
        *held = handle;
    } else {
        CloseHandle(handle);
    }
    return done;
}

static BOOL tell(const WCHAR *device, const char *line, char *answer, DWORD most) {
    return tellAndHold(device, line, answer, most, NULL);
}

/* S:\ and \\?\Volume{...}\ without the last backslash are what CreateFileW opens as a volume */
static void deviceName(WCHAR *to, const WCHAR *volume, size_t most) {
    _snwprintf(to, most, L"%s%s", volume[1] == L':' ? L"\\\\.\\" : L"", volume);
    to[wcslen(to) - 1] = 0;
}

static BOOL makeSnapshot(Snapshot *snapshot) {
    WCHAR device[300];
    char name[80];
    FILETIME time;
    deviceName(device, snapshot->volume, 300);
    BOOL stays = snapshot->context & ATTR_PERSISTENT;
    if (!tellAndHold(device, stays ? "snapshot" : "snapshot held", name, sizeof name, stays ? NULL : &snapshot->keeper)) {
        return FALSE;
    }
    _snwprintf(snapshot->device, 80, L"\\\\?\\GLOBALROOT%hs", name);
    GetSystemTimeAsFileTime(&time);
    snapshot->time = (LONGLONG) time.dwHighDateTime << 32 | time.dwLowDateTime;
    snapshot->made = TRUE;
    note("  snapshot of %ls: %ls", snapshot->volume, snapshot->device);
    return TRUE;
}

static void dropSnapshot(int index) {
    note("  %ls is deleted", snapshots[index].device);
    if (snapshots[index].made) {
        tell(snapshots[index].device, "drop", NULL, 0);
        if (snapshots[index].keeper) {
            CloseHandle(snapshots[index].keeper);
        }
    }
    snapshots[index] = snapshots[--snapshotCount];
}

/* -------------------------------------------------------------------------------------------------------- async */

static HRESULT STDMETHODCALLTYPE asyncQuery(IVssAsync *face, REFIID id, void **to) {
    if (!IsEqualGUID(id, &IID_IUnknown) && !IsEqualGUID(id, &IID_IVssAsync)) {
        *to = NULL;
        return E_NOINTERFACE;
    }
    *to = face;
    IVssAsync_AddRef(face);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE asyncAddRef(IVssAsync *face) {
    return InterlockedIncrement(&((Async *) face)->references);
}

static ULONG STDMETHODCALLTYPE asyncRelease(IVssAsync *face) {
    LONG left = InterlockedDecrement(&((Async *) face)->references);
    if (!left) {
        note("IVssAsync(%s) released, %ld objects are left", ((Async *) face)->name, InterlockedDecrement(&objects));
        free(face);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE asyncCancel(IVssAsync *face) {
    Async *async = (Async *) face;
    note("IVssAsync(%s).Cancel", async->name);
    if (GetTickCount64() >= async->end) {
        return VSS_S_ASYNC_FINISHED;
    }
    async->cancelled = TRUE;
    async->end = 0;
    async->result = VSS_S_ASYNC_CANCELLED;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE asyncWait(IVssAsync *face, DWORD ms) {
    Async *async = (Async *) face;
    ULONGLONG limit = ms == INFINITE ? ~0ULL : GetTickCount64() + ms;
    note("IVssAsync(%s).Wait(%lu)", async->name, ms);
    while (GetTickCount64() < async->end && GetTickCount64() < limit) {
        Sleep(5);
    }
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE asyncStatus(IVssAsync *face, HRESULT *result, INT *reserved) {
    Async *async = (Async *) face;
    *result = GetTickCount64() < async->end ? VSS_S_ASYNC_PENDING : async->result;
    if (reserved) {
        *reserved = 0;
    }
    note("IVssAsync(%s).QueryStatus -> %08lx", async->name, *result);
    return S_OK;
}

static IVssAsyncVtbl asyncTable = {.QueryInterface = asyncQuery, .AddRef = asyncAddRef, .Release = asyncRelease, .Cancel = asyncCancel, .Wait = asyncWait,
        .QueryStatus = asyncStatus};

static Async *begin(const char *name, HRESULT result, IVssAsync **to) {
    char whole[80];
    Async *async = calloc(1, sizeof *async);
    snprintf(whole, sizeof whole, "%s.Async", name);
    HRESULT wished = wish(whole);
    async->face.lpVtbl = &asyncTable;
    async->references = 1;
    async->name = name;
    async->end = GetTickCount64() + numberOf("FAKEVSS_WAIT", 10);
    async->result = FAILED(wished) ? wished : result;
    InterlockedIncrement(&objects);
    *to = &async->face;
    return async;
}

/* ------------------------------------------------------------------------------------------ backup components */

#define SELF Components *self = (Components *) face
#define CHECK(method, condition) \
    do { \
        HRESULT wished_ = wish(method); \
        if (FAILED(wished_)) { \
            return wished_; \
        } \
        if (!(condition)) { \
            note("  %s out of order (state %d)", method, self->state); \
            return VSS_E_BAD_STATE; \
        } \
    } while (0)

static HRESULT STDMETHODCALLTYPE unexpected(IVssBackupComponents *face) {
    note("UNEXPECTED slot called on %p", face);
    return E_NOTIMPL;
}

static HRESULT STDMETHODCALLTYPE query(IVssBackupComponents *face, REFIID id, void **to) {
    if (!IsEqualGUID(id, &IID_IUnknown) && !IsEqualGUID(id, &IID_IVssBackupComponents)) {
        *to = NULL;
        return E_NOINTERFACE;
    }
    *to = face;
    InterlockedIncrement(&((Components *) face)->references);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE addRef(IVssBackupComponents *face) {
    return InterlockedIncrement(&((Components *) face)->references);
}

static void dropOwn(Components *self) {
    EnterCriticalSection(&guard);
    for (int i = snapshotCount; i-- > 0;) {
        if (IsEqualGUID(&snapshots[i].set, &self->set) && !(snapshots[i].context & (ATTR_NO_AUTO_RELEASE | ATTR_PERSISTENT))) {
            dropSnapshot(i);
        }
    }
    LeaveCriticalSection(&guard);
}

static ULONG STDMETHODCALLTYPE release(IVssBackupComponents *face) {
    SELF;
    LONG left = InterlockedDecrement(&self->references);
    if (!left) {
        if (self->state == SNAPSHOT) {
            note("  released without BackupComplete or AbortBackup");
        }
        dropOwn(self);
        note("IVssBackupComponents released, %ld objects are left", InterlockedDecrement(&objects));
        free(self);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE initializeForBackup(IVssBackupComponents *face, BSTR xml) {
    SELF;
    note("InitializeForBackup(%p)", xml);
    CHECK("InitializeForBackup", self->state == MADE);
    self->state = INITIALIZED;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE setBackupState(IVssBackupComponents *face, boolean select, boolean bootable, VSS_BACKUP_TYPE type, boolean partial) {
    SELF;
    note("SetBackupState(%u,%u,%d,%u)%s", select, bootable, type, partial, select > 1 || bootable > 1 || partial > 1 ? " BAD BOOL" : "");
    CHECK("SetBackupState", self->state == INITIALIZED);
    self->backupState = TRUE;
    return select > 1 || bootable > 1 || partial > 1 ? E_INVALIDARG : S_OK;
}

static HRESULT STDMETHODCALLTYPE gatherWriterMetadata(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    note("GatherWriterMetadata");
    CHECK("GatherWriterMetadata", self->state == INITIALIZED && !self->gathered && !(self->context & 0x10));
    self->gathered = TRUE;
    begin("GatherWriterMetadata", VSS_S_ASYNC_FINISHED, async);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE freeWriterMetadata(IVssBackupComponents *face) {
    SELF;
    note("FreeWriterMetadata");
    CHECK("FreeWriterMetadata", self->gathered);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE setContext(IVssBackupComponents *face, LONG context) {
    SELF;
    note("SetContext(0x%lx)", context);
    CHECK("SetContext", self->state == INITIALIZED);
    self->context = context;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE startSnapshotSet(IVssBackupComponents *face, VSS_ID *set) {
    SELF;
    note("StartSnapshotSet");
    CHECK("StartSnapshotSet", self->state == INITIALIZED && (self->gathered || self->context & 0x10));
    CoCreateGuid(&self->set);
    *set = self->set;
    self->state = STARTED;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE isVolumeSupported(IVssBackupComponents *face, VSS_ID provider, VSS_PWSZ volume, WINBOOL *supported) {
    SELF;
    WCHAR device[300];
    char answer[300];
    note("IsVolumeSupported(%s, %ls)", guidText(&provider), volume);
    CHECK("IsVolumeSupported", self->state != MADE);
    size_t length = wcslen(volume);
    if (!length || volume[length - 1] != L'\\') {
        return VSS_E_OBJECT_NOT_FOUND;
    }
    deviceName(device, volume, 300);
    *supported = tell(device, "stats", answer, sizeof answer);
    return *supported ? S_OK : VSS_E_OBJECT_NOT_FOUND;
}

static HRESULT STDMETHODCALLTYPE addToSnapshotSet(IVssBackupComponents *face, VSS_PWSZ volume, VSS_ID provider, VSS_ID *id) {
    SELF;
    WINBOOL supported;
    note("AddToSnapshotSet(%ls, provider %s)", volume, guidText(&provider));
    CHECK("AddToSnapshotSet", self->state == STARTED);
    VSS_ID none = GUID_NULL;
    if (!IsEqualGUID(&provider, &none)) {
        return VSS_E_PROVIDER_NOT_REGISTERED;
    }
    size_t length = wcslen(volume);
    if (!length || volume[length - 1] != L'\\' || length > 259) {
        return E_INVALIDARG;
    }
    if (FAILED(isVolumeSupported(face, none, volume, &supported))) {
        return VSS_E_VOLUME_NOT_SUPPORTED;
    }
    EnterCriticalSection(&guard);
    Snapshot *snapshot = snapshotCount < MOST_SETS ? &snapshots[snapshotCount++] : NULL;
    if (snapshot) {
        memset(snapshot, 0, sizeof *snapshot);
        CoCreateGuid(&snapshot->id);
        snapshot->set = self->set;
        snapshot->context = self->context;
        wcscpy(snapshot->volume, volume);
        *id = snapshot->id;
    }
    LeaveCriticalSection(&guard);
    return snapshot ? S_OK : VSS_E_MAXIMUM_NUMBER_OF_SNAPSHOTS_REACHED;
}

static HRESULT STDMETHODCALLTYPE prepareForBackup(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    note("PrepareForBackup");
    CHECK("PrepareForBackup", self->state == STARTED && self->backupState);
    self->state = PREPARED;
    begin("PrepareForBackup", VSS_S_ASYNC_FINISHED, async);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE doSnapshotSet(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    HRESULT result = VSS_S_ASYNC_FINISHED;
    note("DoSnapshotSet");
    CHECK("DoSnapshotSet", self->state == PREPARED || (self->state == STARTED && self->context & 0x10));
    BOOL failing = FAILED(wish("DoSnapshotSet.Async"));
    EnterCriticalSection(&guard);
    for (int i = 0; i < snapshotCount && !failing; i++) {
        if (IsEqualGUID(&snapshots[i].set, &self->set) && !makeSnapshot(&snapshots[i])) {
            result = VSS_E_PROVIDER_VETO;
        }
    }
    LeaveCriticalSection(&guard);
    self->state = SNAPSHOT;
    begin("DoSnapshotSet", result, async);
    return S_OK;
}

static WCHAR *copy(const WCHAR *from) {
    WCHAR *to = CoTaskMemAlloc((wcslen(from) + 1) * sizeof *to);
    wcscpy(to, from);
    return to;
}

static void describe(const Snapshot *from, VSS_SNAPSHOT_PROP *to) {
    memset(to, 0, sizeof *to);
    to->m_SnapshotId = from->id;
    to->m_SnapshotSetId = from->set;
    for (int i = 0; i < snapshotCount; i++) {
        to->m_lSnapshotsCount += IsEqualGUID(&snapshots[i].set, &from->set);
    }
    to->m_pwszSnapshotDeviceObject = copy(from->device);
    to->m_pwszOriginalVolumeName = copy(from->volume);
    to->m_pwszOriginatingMachine = copy(L"wine");
    to->m_pwszServiceMachine = copy(L"wine");
    to->m_lSnapshotAttributes = from->context;
    to->m_tsCreationTimestamp = from->time;
    to->m_eStatus = VSS_SS_CREATED;
}

static HRESULT STDMETHODCALLTYPE getSnapshotProperties(IVssBackupComponents *face, VSS_ID id, VSS_SNAPSHOT_PROP *properties) {
    SELF;
    HRESULT result = VSS_E_OBJECT_NOT_FOUND;
    note("GetSnapshotProperties(%s)", guidText(&id));
    CHECK("GetSnapshotProperties", self->state != MADE);
    EnterCriticalSection(&guard);
    for (int i = 0; i < snapshotCount; i++) {
        if (snapshots[i].made && IsEqualGUID(&snapshots[i].id, &id)) {
            describe(&snapshots[i], properties);
            result = S_OK;
        }
    }
    LeaveCriticalSection(&guard);
    return result;
}

static HRESULT STDMETHODCALLTYPE backupComplete(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    note("BackupComplete");
    CHECK("BackupComplete", self->state == SNAPSHOT);
    self->state = COMPLETE;
    begin("BackupComplete", VSS_S_ASYNC_FINISHED, async);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE abortBackup(IVssBackupComponents *face) {
    SELF;
    note("AbortBackup");
    CHECK("AbortBackup", self->state != MADE);
    dropOwn(self);
    self->state = COMPLETE;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE deleteSnapshots(IVssBackupComponents *face, VSS_ID id, VSS_OBJECT_TYPE type, WINBOOL force, LONG *deleted, VSS_ID *failed) {
    SELF;
    note("DeleteSnapshots(%s, %d, %d)", guidText(&id), type, force);
    CHECK("DeleteSnapshots", self->state != MADE);
    *deleted = 0;
    memset(failed, 0, sizeof *failed);
    if (type != VSS_OBJECT_SNAPSHOT && type != VSS_OBJECT_SNAPSHOT_SET) {
        return E_INVALIDARG;
    }
    EnterCriticalSection(&guard);
    for (int i = snapshotCount; i-- > 0;) {
        if (IsEqualGUID(type == VSS_OBJECT_SNAPSHOT ? &snapshots[i].id : &snapshots[i].set, &id)) {
            dropSnapshot(i);
            ++*deleted;
        }
    }
    LeaveCriticalSection(&guard);
    if (!*deleted) {
        *failed = id;
    }
    return *deleted ? S_OK : VSS_E_OBJECT_NOT_FOUND;
}

static HRESULT STDMETHODCALLTYPE gatherWriterStatus(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    note("GatherWriterStatus");
    CHECK("GatherWriterStatus", self->state >= INITIALIZED);
    begin("GatherWriterStatus", VSS_S_ASYNC_FINISHED, async);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE getWriterStatusCount(IVssBackupComponents *face, UINT *count) {
    SELF;
    note("GetWriterStatusCount");
    CHECK("GetWriterStatusCount", self->state >= INITIALIZED);
    *count = 1;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE getWriterStatus(IVssBackupComponents *face, UINT index, VSS_ID *instance, VSS_ID *writer, BSTR *name, VSS_WRITER_STATE *state,
        HRESULT *failure) {
    static const GUID id = {0x57a17e57, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};
    SELF;
    note("GetWriterStatus(%u)", index);
    CHECK("GetWriterStatus", self->state >= INITIALIZED);
    if (index) {
        return E_INVALIDARG;
    }
    *instance = *writer = id;
    *name = SysAllocString(L"Fake Writer");
    *failure = (HRESULT) numberOf("FAKEVSS_WRITER", 16);
    *state = *failure ? VSS_WS_FAILED_AT_FREEZE : VSS_WS_STABLE;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE freeWriterStatus(IVssBackupComponents *face) {
    SELF;
    note("FreeWriterStatus");
    CHECK("FreeWriterStatus", self->state >= INITIALIZED);
    return S_OK;
}

/* ------------------------------------------------------------------------------------- enumeration of snapshots */

typedef struct {
    IVssEnumObject face;
    LONG references;
    int next;
} Enumeration;

static HRESULT STDMETHODCALLTYPE enumQuery(IVssEnumObject *face, REFIID id, void **to) {
    *to = IsEqualGUID(id, &IID_IUnknown) || IsEqualGUID(id, &IID_IVssEnumObject) ? face : NULL;
    if (*to) {
        InterlockedIncrement(&((Enumeration *) face)->references);
    }
    return *to ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE enumAddRef(IVssEnumObject *face) {
    return InterlockedIncrement(&((Enumeration *) face)->references);
}

static ULONG STDMETHODCALLTYPE enumRelease(IVssEnumObject *face) {
    LONG left = InterlockedDecrement(&((Enumeration *) face)->references);
    if (!left) {
        note("IVssEnumObject released, %ld objects are left", InterlockedDecrement(&objects));
        free(face);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE enumNext(IVssEnumObject *face, ULONG count, VSS_OBJECT_PROP *to, ULONG *fetched) {
    Enumeration *self = (Enumeration *) face;
    ULONG got = 0;
    EnterCriticalSection(&guard);
    for (; got < count && self->next < snapshotCount; self->next++) {
        if (snapshots[self->next].made) {
            to[got].Type = VSS_OBJECT_SNAPSHOT;
            describe(&snapshots[self->next], &to[got++].Obj.Snap);
        }
    }
    LeaveCriticalSection(&guard);
    note("IVssEnumObject.Next(%lu) -> %lu", count, got);
    if (fetched) {
        *fetched = got;
    }
    return got == count ? S_OK : S_FALSE;
}

static HRESULT STDMETHODCALLTYPE enumSkip(IVssEnumObject *face, ULONG count) {
    ((Enumeration *) face)->next += (int) count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE enumReset(IVssEnumObject *face) {
    ((Enumeration *) face)->next = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE enumClone(IVssEnumObject *face, IVssEnumObject **to) {
    (void) face;
    *to = NULL;
    return E_NOTIMPL;
}

static IVssEnumObjectVtbl enumTable = {.QueryInterface = enumQuery, .AddRef = enumAddRef, .Release = enumRelease, .Next = enumNext, .Skip = enumSkip,
        .Reset = enumReset, .Clone = enumClone};

static HRESULT STDMETHODCALLTYPE querySnapshots(IVssBackupComponents *face, VSS_ID id, VSS_OBJECT_TYPE queried, VSS_OBJECT_TYPE returned, IVssEnumObject **to) {
    SELF;
    note("Query(%s, %d, %d)", guidText(&id), queried, returned);
    CHECK("Query", self->state != MADE);
    VSS_ID none = GUID_NULL;
    if (!IsEqualGUID(&id, &none) || queried != VSS_OBJECT_NONE || returned != VSS_OBJECT_SNAPSHOT) {
        return E_INVALIDARG;
    }
    Enumeration *enumeration = calloc(1, sizeof *enumeration);
    enumeration->face.lpVtbl = &enumTable;
    enumeration->references = 1;
    InterlockedIncrement(&objects);
    *to = &enumeration->face;
    return S_OK;
}

/* ------------------------------------------------------------------------------------------------------ exports */

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
