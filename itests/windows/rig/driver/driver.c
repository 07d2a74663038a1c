/*
 * skzdisk.sys: drives, volumes and snapshots of volumes for tests of an imaging program under Wine.
 *
 * Wine's own ntoskrnl.exe loads it (winedevice.exe); image files of the host are what it serves.  A program under test
 * reaches it by plain CreateFileW, ReadFile, WriteFile and DeviceIoControl with the real control codes.
 *
 * Configuration: HKLM\System\CurrentControlSet\Services\skzdisk\Parameters, one key for each device:
 *   Disk<number>   -> \\.\PhysicalDrive<number>
 *     Image              REG_SZ     NT path of the image file: \??\Z:\dir\disk.img
 *     Sector, Physical   REG_DWORD  bytes of a logical (512) and of a physical sector (that of Sector)
 *     ReadOnly, Removable, SeekPenalty, Trim   REG_DWORD  0 or 1
 *     Model, Serial      REG_SZ
 *   Volume<anything>   -> \\.\<Letter>, \\?\Volume<Guid>, \Device\HarddiskVolume<Number>
 *     Disk, Partition    REG_DWORD  a partition of a drive, by its number in the drive's layout; or
 *     Disk, Offset, Length  REG_DWORD or REG_QWORD   a range of a drive; or
 *     Image, Sector      a volume of its own
 *     Letter             REG_SZ "S:" (may be missing), Guid REG_SZ "{...}", Number REG_DWORD
 *
 * What is imitated, besides reading and writing (as documented by Microsoft; never compared with a real Windows):
 *   - alignment: offset and length must be multiples of the logical sector
 *   - reads of a volume end where its file system ends, unless FSCTL_ALLOW_EXTENDED_DASD_IO was sent on the handle
 *   - a volume is locked only where no other handle of it is open; while it is, nobody else opens it
 *   - writes below a mounted file system are refused, through the volume and through the drive, unless it is locked or
 *     dismounted; a volume is mounted again when it is opened after that (boot sectors may always be written)
 *   - a drive's layout is what was read when it was found or IOCTL_DISK_UPDATE_PROPERTIES was sent, not what is on it
 *   - snapshots: copy on write of what is written through the volume
 *
 * Commands (SKZ_COMMAND, text):
 *   on a drive, volume or snapshot
 *     bad OFF LEN [STATUS [TIMES]]      reads fail (STATUS hexadecimal, c000003f = CRC error), TIMES of them (0: all)
 *     badwrite OFF LEN [STATUS [TIMES]] writes fail
 *     slow OFF LEN MS                   reads take so long, and can be cancelled
 *     slowwrite OFF LEN MS              writes take so long, and can be cancelled
 *     hang OFF LEN                      reads never end unless they are cancelled
 *     refuse STATUS                     it does not open any more (c0000022 = access denied, as without elevation)
 *     vanish                            from now on everything fails: device not connected
 *     clear                             takes all of these back
 *     poke OFF LEN BYTE                 writes as another program would, whatever the rules say
 *     stats                             what was done so far
 *   on a volume:   also DRIVE OFF LEN  it says that it lies there as well, as a spanned one does (clear takes it back)
 *                  snapshot [held]      makes one; the answer is its device's name; held: it goes when the handle is closed
 *   on a snapshot: drop                 deletes it;  limit BYTES  it is lost when more than that was copied for it
 *   on SkzControl: list, reload (drops all devices and reads the configuration again)
 */
#include "skzdisk.h"

PDRIVER_OBJECT driver;
WCHAR configuration[300];
Device *devices[MOST_DEVICES];
ULONG deviceCount, shadowNumber;
FAST_MUTEX queueLock, workLock;
Pending queue[MOST_PENDING];
ULONG pendingCount;
BOOLEAN stopping;
PVOID worker;

static NTSTATUS doVolumeInformation(Device *device, PIRP irp) {
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    UCHAR *out = bufferOf(irp);
    ULONG most = stack->Parameters.QueryVolume.Length, length = 0;
    FileSystem fs = device->kind == CONTROL ? (FileSystem) {0} : fileSystem(device);
    const WCHAR *name = fs.ntfs ? L"NTFS" : fs.fatBits == 32 ? L"FAT32" : fs.fatBits ? L"FAT" : fs.known ? L"exFAT" : L"RAW";
    if (device->kind == CONTROL || device->kind == DISK || !isThere(device)) {
        return done(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
    memset(out, 0, most);
    switch (stack->Parameters.QueryVolume.FsInformationClass) {
    case FileFsVolumeInformation: {
        UCHAR *record = fs.ntfs ? fileRecord(device, &fs, 3) : NULL, *label = record ? attribute(record, fs.record, 0x60) : NULL;
        ULONG bytes = label && !label[8] ? (ULONG) get(label, 16, 4) : 0;
        length = 18 + bytes;
        if (most >= length) {
            put(out, 8, (ULONGLONG) fs.serial, 4);
            put(out, 12, bytes, 4);
            memcpy(out + 18, bytes ? label + get(label, 20, 2) : label, bytes);
        }
        if (record) {
            ExFreePool(record);
        }
        break;
    }
    case FileFsAttributeInformation: {
        ULONG bytes = (ULONG) wcslen(name) * sizeof(WCHAR);
        length = 12 + bytes;
        if (most >= length) {
            put(out, 0, 0x3E706FF, 4);
            put(out, 4, 255, 4);
            put(out, 8, bytes, 4);
            memcpy(out + 12, name, bytes);
        }
        break;
    }
    case FileFsSizeInformation:
        length = 24;
        if (most >= length && fs.clusters) {
            put(out, 0, (ULONGLONG) fs.clusters, 8);
            put(out, 8, (ULONGLONG) freeClusters(device, &fs), 8);
            put(out, 16, fs.cluster / fs.sector, 4);
            put(out, 20, fs.sector, 4);
        }
        break;
    case FileFsDeviceInformation:
        length = 8;
        if (most >= length) {
            put(out, 0, 8, 4); /* a file system on a disk: Windows says 7, but Wine's GetDriveTypeW knows 8 only */
            put(out, 4, 0x20 | (device->removable ? 1 : 0), 4);
        }
        break;
    default:
        return done(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
    return most < length ? done(irp, STATUS_BUFFER_TOO_SMALL, 0) : done(irp, STATUS_SUCCESS, length);
}

static NTSTATUS NTAPI dispatch(PDEVICE_OBJECT object, PIRP irp) {
    Device *device = deviceOf(object);
    NTSTATUS status;
    UCHAR function = IoGetCurrentIrpStackLocation(irp)->MajorFunction;
    ExAcquireFastMutex(&workLock);
    if ((function == IRP_MJ_READ || function == IRP_MJ_WRITE) && device->kind != CONTROL && refusalOf(irp)) {
        status = done(irp, refusalOf(irp), 0);
        ExReleaseFastMutex(&workLock);
        return status;
    }
    switch (function) {
    case IRP_MJ_CREATE:
        status = doCreate(device, irp);
        break;
    case IRP_MJ_CLEANUP:
        status = doCleanup(device, irp);
        break;
    case IRP_MJ_CLOSE:
        status = doCleanup(device, irp); /* where no cleanup was sent */
        break;
    case IRP_MJ_READ:
        status = doRead(device, irp);
        break;
    case IRP_MJ_WRITE:
        status = doWrite(device, irp);
        break;
    case IRP_MJ_FLUSH_BUFFERS:
        status = doFlush(device, irp);
        break;
    case IRP_MJ_QUERY_VOLUME_INFORMATION:
        status = doVolumeInformation(device, irp);
        break;
    default:
        status = doControl(device, irp);
        break;
    }
    ExReleaseFastMutex(&workLock);
    return status;
}

static void NTAPI unload(PDRIVER_OBJECT object) {
    UNREFERENCED_PARAMETER(object);
    stopping = TRUE;
    if (worker) {
        KeWaitForSingleObject(worker, Executive, KernelMode, FALSE, NULL);
        ObDereferenceObject(worker);
    }
    dropAll();
    if (deviceCount) {
        dropDevice(devices[0]);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT object, PUNICODE_STRING registryPath) {
    HANDLE thread;
    static const int functions[] = {IRP_MJ_CREATE, IRP_MJ_CLEANUP, IRP_MJ_CLOSE, IRP_MJ_READ, IRP_MJ_WRITE, IRP_MJ_FLUSH_BUFFERS, IRP_MJ_QUERY_VOLUME_INFORMATION,
            IRP_MJ_DEVICE_CONTROL, IRP_MJ_FILE_SYSTEM_CONTROL};
    driver = object;
    ExInitializeFastMutex(&queueLock);
    ExInitializeFastMutex(&workLock);
    for (ULONG i = 0; i < sizeof functions / sizeof *functions; i++) {
        object->MajorFunction[functions[i]] = dispatch;
    }
    object->DriverUnload = unload;
    ULONG length = registryPath->Length / sizeof(WCHAR);
    if (length > 280) {
        return STATUS_NAME_TOO_LONG;
    }
    memcpy(configuration, registryPath->Buffer, registryPath->Length);
    copyText(configuration + length, L"\\Parameters", 20);
    Device *control = allocate(sizeof *control);
    control->kind = CONTROL;
    control->present = TRUE;
    copyText(control->name, L"\\Device\\SkzControl", 64);
    copyText(control->link, L"\\??\\SkzControl", 64);
    NTSTATUS status = makeDevice(control, TRUE);
    if (status) {
        return status;
    }
    configure();
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, work, NULL);
    if (!status) {
        ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, NULL, KernelMode, &worker, NULL);
        ZwClose(thread);
    }
    return STATUS_SUCCESS;
}
