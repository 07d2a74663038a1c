/* Snapshots of the driver, and the list of them */
#include "fakevss.h"

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

BOOL tell(const WCHAR *device, const char *line, char *answer, DWORD most) {
    return tellAndHold(device, line, answer, most, NULL);
}

/* S:\ and \\?\Volume{...}\ without the last backslash are what CreateFileW opens as a volume */
void deviceName(WCHAR *to, const WCHAR *volume, size_t most) {
    _snwprintf(to, most, L"%s%s", volume[1] == L':' ? L"\\\\.\\" : L"", volume);
    to[wcslen(to) - 1] = 0;
}

BOOL makeSnapshot(Snapshot *snapshot) {
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

void dropSnapshot(int index) {
    note("  %ls is deleted", snapshots[index].device);
    if (snapshots[index].made) {
        tell(snapshots[index].device, "drop", NULL, 0);
        if (snapshots[index].keeper) {
            CloseHandle(snapshots[index].keeper);
        }
    }
    snapshots[index] = snapshots[--snapshotCount];
}

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

HRESULT STDMETHODCALLTYPE querySnapshots(IVssBackupComponents *face, VSS_ID id, VSS_OBJECT_TYPE queried, VSS_OBJECT_TYPE returned, IVssEnumObject **to) {
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
