/*
 * skzhook.dll: gives a process under Wine what Wine's ntdll keeps from drivers or does not do at all.
 *
 *   - FSCTL_LOCK_VOLUME, _UNLOCK_VOLUME and _DISMOUNT_VOLUME reach skzdisk.sys (ntdll answers the first two by itself)
 *   - an open that the driver refuses fails (Wine lets it succeed), with the sharing modes of all handles of all processes
 *   - the mount manager's list of volumes has those of skzdisk.sys in it (FindFirstVolumeW and its kin)
 *   - with SKZ_MANDATORY_LOCKS=1 in the environment, bytes that are locked (LockFile) by one handle of this process cannot be
 *     read or written by another one of it, as in Windows: ERROR_LOCK_VIOLATION.  Locks of other processes are not heeded.
 *   - with SKZ_SECTOR=N beside it, reads by handles without buffering (FILE_FLAG_NO_BUFFERING) are of whole sectors of N bytes, in
 *     the file and in memory, or fail: ERROR_INVALID_PARAMETER.  Wine takes any.
 *   - with SKZ_STABLE_CREATION=1 the time a file was made stays as it is (Wine moves it with each write): it is made up from the
 *     file's number
 *
 * It is a JVM agent: java -agentpath:Z:\...\skzhook.dll; other programs load it and call SkzInstall().  Functions of ntdll are
 * led here by overwriting the first bytes of their stubs, of which copies are kept to call.  x86-64 Wine only.
 */
#include "skzhook.h"

Control fsControl, ioControl;
Transfer readFile, writeFile;
Lock lockFile;
Unlock unlockFile;
Close closeHandle;
QueryFile queryFile;
QueryNamed queryNamed;
Create createFile;
Open openFile;
UCHAR *copies;
int copied;

static BOOL isDevice(POBJECT_ATTRIBUTES attributes) {
    static const WCHAR *const prefixes[] = {L"PhysicalDrive", L"Volume{", L"GLOBALROOT\\Device\\Harddisk"};
    PUNICODE_STRING name = attributes ? attributes->ObjectName : NULL;
    if (!name || name->Length < 12 || memcmp(name->Buffer, L"\\??\\", 8)) {
        return FALSE;
    }
    if (name->Length == 12) {
        return name->Buffer[5] == L':';
    }
    for (int i = 0; i < 3; i++) {
        size_t length = wcslen(prefixes[i]);
        if (name->Length / 2 >= 4 + length && !_wcsnicmp(name->Buffer + 4, prefixes[i], length)) {
            return TRUE;
        }
    }
    return FALSE;
}

static NTSTATUS opened(PHANDLE handle, NTSTATUS status, ACCESS_MASK access, POBJECT_ATTRIBUTES attributes, PIO_STATUS_BLOCK io, ULONG share) {
    IO_STATUS_BLOCK inner;
    ULONG in[2] = {access, share};
    if (status || !isDevice(attributes)) {
        return status;
    }
    status = ioControl(*handle, NULL, NULL, NULL, &inner, SKZ_OPENED, in, sizeof in, NULL, 0);
    if (!status || status == (NTSTATUS) 0xC0000010 || status == (NTSTATUS) 0xC00000BB || status == (NTSTATUS) 0xC0000024 || status == (NTSTATUS) 0xC000000D) {
        return 0;
    }
    NtClose(*handle);
    *handle = NULL;
    io->Status = status;
    return status;
}

static NTSTATUS NTAPI onCreate(PHANDLE handle, ACCESS_MASK access, POBJECT_ATTRIBUTES attributes, PIO_STATUS_BLOCK io, PLARGE_INTEGER size, ULONG fileAttributes, ULONG share,
        ULONG disposition, ULONG options, PVOID ea, ULONG eaLength) {
    NTSTATUS status = createFile(handle, access, attributes, io, size, fileAttributes, share, disposition, options, ea, eaLength);
    return opened(handle, status, access, attributes, io, share);
}

static NTSTATUS NTAPI onOpen(PHANDLE handle, ACCESS_MASK access, POBJECT_ATTRIBUTES attributes, PIO_STATUS_BLOCK io, ULONG share, ULONG options) {
    NTSTATUS status = openFile(handle, access, attributes, io, share, options);
    PUNICODE_STRING name = attributes ? attributes->ObjectName : NULL;
    /* the root folder of a volume: GetDriveTypeW wants one.  The driver has no folders; its volume stands for it */
    if (status && options & FILE_DIRECTORY_FILE && name && name->Length == 14 && !memcmp(name->Buffer, L"\\??\\", 8) && name->Buffer[5] == L':') {
        SkzVolume volumes[MOST_VOLUMES];
        int count = skzVolumes(volumes, MOST_VOLUMES);
        for (int i = 0; i < count; i++) {
            if (volumes[i].letter[0] && (volumes[i].letter[0] | 32) == (name->Buffer[4] | 32)) {
                UNICODE_STRING device = {12, 12, name->Buffer};
                OBJECT_ATTRIBUTES own = *attributes;
                own.ObjectName = &device;
                return openFile(handle, access, &own, io, share, options & ~FILE_DIRECTORY_FILE);
            }
        }
    }
    return opened(handle, status, access, attributes, io, share);
}

/* the kind of a drive letter, as Wine's mount manager tells it */
static NTSTATUS unixDrive(PIO_STATUS_BLOCK io, const void *in, ULONG inLength, void *out, ULONG outLength) {
    struct {
        ULONG size, type, fileSystem, serial;
        ULONGLONG device;
        WCHAR letter;
        USHORT offsets[3];
    } drive;
    SkzVolume volumes[MOST_VOLUMES];
    int count = skzVolumes(volumes, MOST_VOLUMES);
    if (inLength < sizeof drive || outLength < sizeof drive) {
        return (NTSTATUS) 0xC000000D;
    }
    memcpy(&drive, in, sizeof drive);
    for (int i = 0; i < count; i++) {
        if (volumes[i].letter[0] && (volumes[i].letter[0] | 32) == (drive.letter | 32)) {
            memset(&drive, 0, sizeof drive);
            drive.size = sizeof drive;
            drive.type = DRIVE_FIXED;
            drive.letter = volumes[i].letter[0];
            memcpy(out, &drive, sizeof drive);
            io->Status = 0;
            io->Information = sizeof drive;
            return 0;
        }
    }
    return (NTSTATUS) 0xC0000034;
}

static NTSTATUS NTAPI onFsControl(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PVOID context, PIO_STATUS_BLOCK io, ULONG code, PVOID in, ULONG inLength, PVOID out,
        ULONG outLength) {
    ULONG own = code == FSCTL_LOCK ? SKZ_LOCK : code == FSCTL_UNLOCK ? SKZ_UNLOCK : code == FSCTL_DISMOUNT ? SKZ_DISMOUNT : 0;
    if (own) {
        NTSTATUS status = ioControl(handle, event, apc, context, io, own, NULL, 0, NULL, 0);
        /* only the driver knows these codes */
        if (status != (NTSTATUS) 0xC0000010 && status != (NTSTATUS) 0xC00000BB && status != (NTSTATUS) 0xC0000024) {
            return status;
        }
    }
    return fsControl(handle, event, apc, context, io, code, in, inLength, out, outLength);
}

static NTSTATUS NTAPI onIoControl(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PVOID context, PIO_STATUS_BLOCK io, ULONG code, PVOID in, ULONG inLength, PVOID out,
        ULONG outLength) {
    if (code == QUERY_POINTS) {
        SkzVolume volumes[MOST_VOLUMES];
        int count = skzVolumes(volumes, MOST_VOLUMES);
        if (count) {
            NTSTATUS status = queryPoints(handle, io, in, inLength, out, outLength, volumes, count);
            if (event) {
                SetEvent(event);
            }
            return status;
        }
    }
    if (code == QUERY_UNIX_DRIVE && in && out && !unixDrive(io, in, inLength, out, outLength)) {
        if (event) {
            SetEvent(event);
        }
        return 0;
    }
    return ioControl(handle, event, apc, context, io, code, in, inLength, out, outLength);
}

__declspec(dllexport) int SkzInstall(void) {
    char flag[4] = "", sector[16] = "";
    if (copied) {
        return 1;
    }
    InitializeCriticalSection(&guard);
    queryFile = (QueryFile) GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQueryInformationFile");
    ioControl = lead("NtDeviceIoControlFile", onIoControl);
    fsControl = lead("NtFsControlFile", onFsControl);
    createFile = lead("NtCreateFile", onCreate);
    openFile = lead("NtOpenFile", onOpen);
    if (!ioControl || !fsControl || !createFile || !openFile) {
        return 0;
    }
    if (GetEnvironmentVariableA("SKZ_STABLE_CREATION", flag, sizeof flag) && flag[0] == '1') {
        queryNamed = lead("NtQueryFullAttributesFile", onQueryNamed);
        QueryFile own = lead("NtQueryInformationFile", onQueryFile);
        if (!queryNamed || !own) {
            return 0;
        }
        queryFile = own;
    }
    if (GetEnvironmentVariableA("SKZ_MANDATORY_LOCKS", flag, sizeof flag) && flag[0] == '1') {
        if (GetEnvironmentVariableA("SKZ_SECTOR", sector, sizeof sector)) {
            sectorBytes = (DWORD) atoi(sector);
        }
        /* closing first: a lock that is noted must be forgotten */
        closeHandle = lead("NtClose", onClose);
        unlockFile = lead("NtUnlockFile", onUnlock);
        readFile = lead("NtReadFile", onRead);
        writeFile = lead("NtWriteFile", onWrite);
        lockFile = lead("NtLockFile", onLock);
        return closeHandle && unlockFile && readFile && writeFile && lockFile;
    }
    return 1;
}

/* the JVM's entry: JNI_OK is 0 */
__declspec(dllexport) int __stdcall Agent_OnLoad(void *vm, char *options, void *reserved) {
    (void) vm;
    (void) options;
    (void) reserved;
    return SkzInstall() ? 0 : -1;
}
