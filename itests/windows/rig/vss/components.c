/* IVssBackupComponents */
#include "fakevss.h"

HRESULT STDMETHODCALLTYPE unexpected(IVssBackupComponents *face) {
    note("UNEXPECTED slot called on %p", face);
    return E_NOTIMPL;
}

HRESULT STDMETHODCALLTYPE query(IVssBackupComponents *face, REFIID id, void **to) {
    if (!IsEqualGUID(id, &IID_IUnknown) && !IsEqualGUID(id, &IID_IVssBackupComponents)) {
        *to = NULL;
        return E_NOINTERFACE;
    }
    *to = face;
    InterlockedIncrement(&((Components *) face)->references);
    return S_OK;
}

ULONG STDMETHODCALLTYPE addRef(IVssBackupComponents *face) {
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

ULONG STDMETHODCALLTYPE release(IVssBackupComponents *face) {
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

HRESULT STDMETHODCALLTYPE initializeForBackup(IVssBackupComponents *face, BSTR xml) {
    SELF;
    note("InitializeForBackup(%p)", xml);
    CHECK("InitializeForBackup", self->state == MADE);
    self->state = INITIALIZED;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE setBackupState(IVssBackupComponents *face, boolean select, boolean bootable, VSS_BACKUP_TYPE type, boolean partial) {
    SELF;
    note("SetBackupState(%u,%u,%d,%u)%s", select, bootable, type, partial, select > 1 || bootable > 1 || partial > 1 ? " BAD BOOL" : "");
    CHECK("SetBackupState", self->state == INITIALIZED);
    self->backupState = TRUE;
    return select > 1 || bootable > 1 || partial > 1 ? E_INVALIDARG : S_OK;
}

HRESULT STDMETHODCALLTYPE gatherWriterMetadata(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    note("GatherWriterMetadata");
    CHECK("GatherWriterMetadata", self->state == INITIALIZED && !self->gathered && !(self->context & 0x10));
    self->gathered = TRUE;
    begin("GatherWriterMetadata", VSS_S_ASYNC_FINISHED, async);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE freeWriterMetadata(IVssBackupComponents *face) {
    SELF;
    note("FreeWriterMetadata");
    CHECK("FreeWriterMetadata", self->gathered);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE setContext(IVssBackupComponents *face, LONG context) {
    SELF;
    note("SetContext(0x%lx)", context);
    CHECK("SetContext", self->state == INITIALIZED);
    self->context = context;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE startSnapshotSet(IVssBackupComponents *face, VSS_ID *set) {
    SELF;
    note("StartSnapshotSet");
    CHECK("StartSnapshotSet", self->state == INITIALIZED && (self->gathered || self->context & 0x10));
    CoCreateGuid(&self->set);
    *set = self->set;
    self->state = STARTED;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE isVolumeSupported(IVssBackupComponents *face, VSS_ID provider, VSS_PWSZ volume, WINBOOL *supported) {
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

HRESULT STDMETHODCALLTYPE addToSnapshotSet(IVssBackupComponents *face, VSS_PWSZ volume, VSS_ID provider, VSS_ID *id) {
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

HRESULT STDMETHODCALLTYPE prepareForBackup(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    note("PrepareForBackup");
    CHECK("PrepareForBackup", self->state == STARTED && self->backupState);
    self->state = PREPARED;
    begin("PrepareForBackup", VSS_S_ASYNC_FINISHED, async);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE doSnapshotSet(IVssBackupComponents *face, IVssAsync **async) {
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

void describe(const Snapshot *from, VSS_SNAPSHOT_PROP *to) {
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

HRESULT STDMETHODCALLTYPE getSnapshotProperties(IVssBackupComponents *face, VSS_ID id, VSS_SNAPSHOT_PROP *properties) {
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

HRESULT STDMETHODCALLTYPE backupComplete(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    note("BackupComplete");
    CHECK("BackupComplete", self->state == SNAPSHOT);
    self->state = COMPLETE;
    begin("BackupComplete", VSS_S_ASYNC_FINISHED, async);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE abortBackup(IVssBackupComponents *face) {
    SELF;
    note("AbortBackup");
    CHECK("AbortBackup", self->state != MADE);
    dropOwn(self);
    self->state = COMPLETE;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE deleteSnapshots(IVssBackupComponents *face, VSS_ID id, VSS_OBJECT_TYPE type, WINBOOL force, LONG *deleted, VSS_ID *failed) {
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

HRESULT STDMETHODCALLTYPE gatherWriterStatus(IVssBackupComponents *face, IVssAsync **async) {
    SELF;
    note("GatherWriterStatus");
    CHECK("GatherWriterStatus", self->state >= INITIALIZED);
    begin("GatherWriterStatus", VSS_S_ASYNC_FINISHED, async);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE getWriterStatusCount(IVssBackupComponents *face, UINT *count) {
    SELF;
    note("GetWriterStatusCount");
    CHECK("GetWriterStatusCount", self->state >= INITIALIZED);
    *count = 1;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE getWriterStatus(IVssBackupComponents *face, UINT index, VSS_ID *instance, VSS_ID *writer, BSTR *name, VSS_WRITER_STATE *state,
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
    BOOL frozen = self->state >= SNAPSHOT;
    *failure = frozen || !numberOf("FAKEVSS_WRITER_LATE", 10) ? (HRESULT) numberOf("FAKEVSS_WRITER", 16) : S_OK;
    *state = !*failure ? VSS_WS_STABLE : frozen ? VSS_WS_FAILED_AT_FREEZE : VSS_WS_FAILED_AT_PREPARE_SNAPSHOT;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE freeWriterStatus(IVssBackupComponents *face) {
    SELF;
    note("FreeWriterStatus");
    CHECK("FreeWriterStatus", self->state >= INITIALIZED);
    return S_OK;
}
