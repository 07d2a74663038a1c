/* Byte-range locks that hold for all handles, reads without buffering, and times of files that stay */
#include "skzhook.h"

typedef struct {
    HANDLE handle;
    LONGLONG file, from, to;
    BOOLEAN exclusive;
} Locked;

CRITICAL_SECTION guard;
static Locked locks[MOST_LOCKS];
static volatile LONG lockCount;

static LONGLONG fileOf(HANDLE handle) {
    IO_STATUS_BLOCK io;
    LONGLONG number = 0;
    return queryFile(handle, &io, &number, sizeof number, 6) ? 0 : number; /* FileInternalInformation */
}

/* bytes of a sector, by SKZ_SECTOR; 0: nothing is looked at */
DWORD sectorBytes;

/* whether a read by a handle without buffering is not of whole sectors, in the file and in memory */
static BOOL isUnaligned(HANDLE handle, PVOID buffer, ULONG length, PLARGE_INTEGER offset) {
    IO_STATUS_BLOCK io;
    ULONG mode = 0;
    if (!sectorBytes || queryFile(handle, &io, &mode, sizeof mode, 16) /* FileModeInformation */ || !(mode & FILE_NO_INTERMEDIATE_BUFFERING)) {
        return FALSE;
    }
    return length % sectorBytes || (offset && offset->QuadPart % sectorBytes) || (ULONG_PTR) buffer % sectorBytes;
}

static BOOL conflicts(HANDLE handle, PLARGE_INTEGER offset, ULONG length, BOOL write) {
    IO_STATUS_BLOCK io;
    LONGLONG from = 0;
    if (!lockCount) {
        return FALSE;
    }
    LONGLONG file = fileOf(handle);
    if (!file) {
        return FALSE;
    }
    if (offset && offset->HighPart != -1) {
        from = offset->QuadPart;
    } else if (queryFile(handle, &io, &from, sizeof from, 14)) { /* FilePositionInformation */
        return FALSE;
    }
    BOOL found = FALSE;
    EnterCriticalSection(&guard);
    for (LONG i = 0; i < lockCount && !found; i++) {
        found = locks[i].file == file && (locks[i].handle != handle ? locks[i].exclusive || write : write && !locks[i].exclusive)
                && from < locks[i].to && from + length > locks[i].from;
    }
    LeaveCriticalSection(&guard);
    return found;
}

NTSTATUS NTAPI onRead(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PVOID context, PIO_STATUS_BLOCK io, PVOID buffer, ULONG length, PLARGE_INTEGER offset,
        PULONG key) {
    return conflicts(handle, offset, length, FALSE) ? LOCK_CONFLICT
            : isUnaligned(handle, buffer, length, offset) ? INVALID_PARAMETER
            : readFile(handle, event, apc, context, io, buffer, length, offset, key);
}

NTSTATUS NTAPI onWrite(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PVOID context, PIO_STATUS_BLOCK io, PVOID buffer, ULONG length, PLARGE_INTEGER offset,
        PULONG key) {
    return conflicts(handle, offset, length, TRUE) ? LOCK_CONFLICT : writeFile(handle, event, apc, context, io, buffer, length, offset, key);
}

NTSTATUS NTAPI onLock(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PVOID context, PIO_STATUS_BLOCK io, PLARGE_INTEGER offset, PLARGE_INTEGER count, ULONG_PTR key,
        BOOLEAN atOnce, BOOLEAN exclusive) {
    NTSTATUS status = lockFile(handle, event, apc, context, io, offset, count, key, atOnce, exclusive);
    if (!status) {
        EnterCriticalSection(&guard);
        if (lockCount < MOST_LOCKS) {
            LONGLONG to = offset->QuadPart + count->QuadPart;
            Locked one = {handle, fileOf(handle), offset->QuadPart, to < offset->QuadPart ? MAXLONGLONG : to, exclusive};
            locks[lockCount] = one;
            InterlockedIncrement(&lockCount);
        }
        LeaveCriticalSection(&guard);
    }
    return status;
}

static void forget(HANDLE handle, BOOL all, LONGLONG from) {
    EnterCriticalSection(&guard);
    for (LONG i = 0; i < lockCount;) {
        if (locks[i].handle == handle && (all || locks[i].from == from)) {
            locks[i] = locks[lockCount - 1];
            InterlockedDecrement(&lockCount);
            if (!all) {
                break;
            }
        } else {
            i++;
        }
    }
    LeaveCriticalSection(&guard);
}

NTSTATUS NTAPI onUnlock(HANDLE handle, PIO_STATUS_BLOCK io, PLARGE_INTEGER offset, PLARGE_INTEGER count, ULONG_PTR key) {
    NTSTATUS status = unlockFile(handle, io, offset, count, key);
    if (!status) {
        forget(handle, FALSE, offset->QuadPart);
    }
    return status;
}

NTSTATUS NTAPI onClose(HANDLE handle) {
    if (lockCount) {
        forget(handle, TRUE, 0);
    }
    return closeHandle(handle);
}

static LONGLONG madeAt(HANDLE handle) {
    return 0x01D80000DEADBEEFLL + (fileOf(handle) & 0xFFFFFFFFFFLL) * 10;
}

NTSTATUS NTAPI onQueryFile(HANDLE handle, PIO_STATUS_BLOCK io, PVOID to, ULONG length, int kind) {
    NTSTATUS status = queryFile(handle, io, to, length, kind);
    if (!status && (kind == 4 || kind == 18 || kind == 34)) { /* the times come first in all of them */
        *(LONGLONG *) to = madeAt(handle);
    }
    return status;
}

NTSTATUS NTAPI onQueryNamed(POBJECT_ATTRIBUTES attributes, PVOID to) {
    HANDLE handle;
    IO_STATUS_BLOCK io;
    NTSTATUS status = queryNamed(attributes, to);
    if (!status && !openFile(&handle, FILE_READ_ATTRIBUTES | SYNCHRONIZE, attributes, &io, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
            FILE_SYNCHRONOUS_IO_NONALERT)) {
        *(LONGLONG *) to = madeAt(handle);
        NtClose(handle);
    }
    return status;
}
