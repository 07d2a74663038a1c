/* Opens, reads, writes, and the rules that they are held to */
#include "skzdisk.h"

BOOLEAN isThere(Device *device) {
    if (device->vanished || !device->present) {
        return FALSE;
    }
    return !device->on || (isThere(device->on) && !(device->kind == VOLUME && device->on->offline));
}

static LONGLONG endOf(Device *device, PFILE_OBJECT file) {
    Opened *opened = file ? file->FsContext : NULL;
    if (device->kind == DISK || (opened && opened->beyondFileSystem)) {
        return device->size;
    }
    FileSystem fs = fileSystem(device);
    LONGLONG end = fs.sectors * fs.sector;
    return fs.ntfs && end < device->size ? end : device->size;
}

NTSTATUS mayWrite(Device *device, PFILE_OBJECT file, LONGLONG offset, LONGLONG length) {
    if (device->readOnly || device->kind == SHADOW || (device->on && device->on->readOnly)) {
        return STATUS_MEDIA_WRITE_PROTECTED;
    }
    if (device->kind == VOLUME) {
        BOOLEAN bootSectors = offset + length <= 16LL * device->sector;
        if (device->lockedBy ? device->lockedBy != file : device->mounted && !bootSectors && fileSystem(device).known) {
            return STATUS_ACCESS_DENIED;
        }
        return STATUS_SUCCESS;
    }
    for (ULONG i = 0; i < deviceCount; i++) {
        Device *volume = devices[i];
        if (volume->kind == VOLUME && volume->on == device && isThere(volume) && volume->mounted && !volume->lockedBy
                && offset < volume->base + volume->size && offset + length > volume->base && fileSystem(volume).known) {
            return STATUS_ACCESS_DENIED;
        }
    }
    return STATUS_SUCCESS;
}

static Trouble *troubleOf(Device *device, TroubleKind kind, LONGLONG offset, LONGLONG length) {
    for (ULONG i = 0; i < device->troubleCount; i++) {
        Trouble *trouble = &device->troubles[i];
        if (trouble->kind == kind && offset < trouble->to && offset + length > trouble->from && (!trouble->times || trouble->hits < trouble->times)) {
            return trouble;
        }
    }
    if (device->on && device->kind == VOLUME) {
        return troubleOf(device->on, kind, device->base + offset, length);
    }
    return device->on ? troubleOf(device->on, kind, offset, length) : NULL;
}

NTSTATUS done(PIRP irp, NTSTATUS status, ULONG_PTR information) {
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = information;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

Device *deviceOf(PDEVICE_OBJECT object) {
    return *(Device **) object->DeviceExtension;
}

UCHAR *bufferOf(PIRP irp) {
    return irp->AssociatedIrp.SystemBuffer ? irp->AssociatedIrp.SystemBuffer : irp->UserBuffer;
}

static NTSTATUS finishRead(Device *device, PIRP irp) {
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    LONGLONG offset = stack->Parameters.Read.ByteOffset.QuadPart, end = endOf(device, stack->FileObject);
    ULONG length = stack->Parameters.Read.Length;
    if (offset + length > end) {
        length = (ULONG) (end - offset);
    }
    Trouble *trouble = troubleOf(device, BAD_READ, offset, length);
    if (trouble) {
        trouble->hits++;
        return done(irp, trouble->status, 0);
    }
    NTSTATUS status = readBytes(device, offset, bufferOf(irp), length);
    if (!status) {
        device->reads++;
        device->readBytes += length;
        if (length > device->largest) {
            device->largest = length;
        }
    }
    return done(irp, status, status ? 0 : length);
}

static void NTAPI cancelPending(PDEVICE_OBJECT object, PIRP irp) {
    UNREFERENCED_PARAMETER(object);
    IoReleaseCancelSpinLock(irp->CancelIrql);
    ExAcquireFastMutex(&queueLock);
    for (ULONG i = 0; i < pendingCount; i++) {
        if (queue[i].irp == irp) {
            queue[i] = queue[--pendingCount];
            break;
        }
    }
    ExReleaseFastMutex(&queueLock);
    done(irp, STATUS_CANCELLED, 0);
}

static NTSTATUS enqueue(Device *device, PIRP irp, ULONGLONG due) {
    ExAcquireFastMutex(&queueLock);
    if (pendingCount == MOST_PENDING) {
        ExReleaseFastMutex(&queueLock);
        return done(irp, STATUS_INSUFFICIENT_RESOURCES, 0);
    }
    IoMarkIrpPending(irp);
    queue[pendingCount].irp = irp;
    queue[pendingCount].device = device;
    queue[pendingCount++].due = due;
    IoSetCancelRoutine(irp, cancelPending);
    ExReleaseFastMutex(&queueLock);
    return STATUS_PENDING;
}

static NTSTATUS finishWrite(Device *device, PIRP irp) {
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    LONGLONG offset = stack->Parameters.Write.ByteOffset.QuadPart, end = endOf(device, stack->FileObject);
    ULONG length = stack->Parameters.Write.Length;
    if (offset + length > end) {
        length = (ULONG) (end - offset);
    }
    NTSTATUS status = writeBytes(device, offset, bufferOf(irp), length);
    if (!status) {
        device->writes++;
        device->writtenBytes += length;
        if (length > device->largest) {
            device->largest = length;
        }
    }
    return done(irp, status, status ? 0 : length);
}

void NTAPI work(PVOID context) {
    UNREFERENCED_PARAMETER(context);
    while (!stopping) {
        LARGE_INTEGER pause;
        Pending due = {0};
        ExAcquireFastMutex(&queueLock);
        for (ULONG i = 0; i < pendingCount && !due.irp; i++) {
            if (queue[i].due && queue[i].due <= now() && IoSetCancelRoutine(queue[i].irp, NULL)) {
                due = queue[i];
                queue[i] = queue[--pendingCount];
            }
        }
        ExReleaseFastMutex(&queueLock);
        if (due.irp) {
            ExAcquireFastMutex(&workLock);
            if (IoGetCurrentIrpStackLocation(due.irp)->MajorFunction == IRP_MJ_WRITE) {
                finishWrite(due.device, due.irp);
            } else {
                finishRead(due.device, due.irp);
            }
            ExReleaseFastMutex(&workLock);
            continue;
        }
        pause.QuadPart = -50000; /* 5 ms */
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

NTSTATUS doRead(Device *device, PIRP irp) {
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    LONGLONG offset = stack->Parameters.Read.ByteOffset.QuadPart;
    ULONG length = stack->Parameters.Read.Length;
    if (device->kind == CONTROL) {
        return done(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
    if (!isThere(device)) {
        return done(irp, STATUS_DEVICE_NOT_CONNECTED, 0);
    }
    if (offset < 0 || offset % device->sector || length % device->sector) {
        device->refusals++;
        return done(irp, STATUS_INVALID_PARAMETER, 0);
    }
    if (offset >= endOf(device, stack->FileObject)) {
        return done(irp, STATUS_END_OF_FILE, 0);
    }
    if (troubleOf(device, HANG, offset, length)) {
        return enqueue(device, irp, 0);
    }
    Trouble *slow = troubleOf(device, SLOW, offset, length);
    if (slow) {
        slow->hits++;
        return enqueue(device, irp, now() + slow->ms);
    }
    return finishRead(device, irp);
}

NTSTATUS doWrite(Device *device, PIRP irp) {
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    LONGLONG offset = stack->Parameters.Write.ByteOffset.QuadPart;
    ULONG length = stack->Parameters.Write.Length;
    if (device->kind == CONTROL) {
        return done(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
    if (!isThere(device)) {
        return done(irp, STATUS_DEVICE_NOT_CONNECTED, 0);
    }
    if (offset < 0 || offset % device->sector || length % device->sector) {
        device->refusals++;
        return done(irp, STATUS_INVALID_PARAMETER, 0);
    }
    LONGLONG end = endOf(device, stack->FileObject);
    if (offset >= end) {
        return done(irp, STATUS_END_OF_FILE, 0);
    }
    if (offset + length > end) {
        length = (ULONG) (end - offset);
    }
    NTSTATUS status = mayWrite(device, stack->FileObject, offset, length);
    if (status) {
        device->refusals++;
        return done(irp, status, 0);
    }
    Trouble *trouble = troubleOf(device, BAD_WRITE, offset, length);
    if (trouble) {
        trouble->hits++;
        return done(irp, trouble->status, 0);
    }
    Trouble *slow = troubleOf(device, SLOW_WRITE, offset, length);
    if (slow) {
        slow->hits++;
        return enqueue(device, irp, now() + slow->ms);
    }
    return finishWrite(device, irp);
}

NTSTATUS doFlush(Device *device, PIRP irp) {
    IO_STATUS_BLOCK io;
    if (device->kind == CONTROL) {
        return done(irp, STATUS_SUCCESS, 0);
    }
    if (!isThere(device)) {
        return done(irp, STATUS_DEVICE_NOT_CONNECTED, 0);
    }
    device->flushes++;
    for (Device *owner = device; owner; owner = owner->on) {
        if (owner->file) {
            ZwFlushBuffersFile(owner->file, &io);
        }
    }
    return done(irp, STATUS_SUCCESS, 0);
}

NTSTATUS doCreate(Device *device, PIRP irp) {
    PFILE_OBJECT file = IoGetCurrentIrpStackLocation(irp)->FileObject;
    if (device->kind == CONTROL) {
        return done(irp, STATUS_SUCCESS, 0);
    }
    Opened *opened = allocate(sizeof *opened);
    if (!opened) {
        return done(irp, STATUS_INSUFFICIENT_RESOURCES, 0);
    }
    opened->device = device;
    file->FsContext = opened;
    if (!isThere(device)) {
        opened->refused = STATUS_OBJECT_NAME_NOT_FOUND;
    } else if (device->lockedBy) {
        opened->refused = STATUS_ACCESS_DENIED;
    }
    opened->next = device->handles;
    device->handles = opened;
    return done(irp, opened->refused, 0);
}

/* what the handle may do, and what it lets others do: checked against all others that can read or write */
NTSTATUS isOpened(Device *device, PFILE_OBJECT file, ULONG access, ULONG share) {
    Opened *opened = file->FsContext;
    BOOLEAN reads = access & (FILE_READ_DATA | GENERIC_READ | GENERIC_ALL) ? TRUE : FALSE;
    BOOLEAN writes = access & (FILE_WRITE_DATA | FILE_APPEND_DATA | GENERIC_WRITE | GENERIC_ALL) ? TRUE : FALSE;
    if (!opened || opened->refused || opened->counted || (!reads && !writes)) {
        return opened ? opened->refused : STATUS_SUCCESS;
    }
    if (device->refuses) {
        return opened->refused = device->refuses;
    }
    opened->access = (reads ? FILE_SHARE_READ : 0) | (writes ? FILE_SHARE_WRITE : 0);
    opened->share = share;
    for (Opened *other = device->handles; other; other = other->next) {
        if (other->counted && ((opened->access & ~other->share) || (other->access & ~share))) {
            return opened->refused = STATUS_SHARING_VIOLATION;
        }
    }
    opened->counted = TRUE;
    device->opens++;
    if (device->kind == VOLUME) {
        device->mounted = TRUE;
    }
    return STATUS_SUCCESS;
}

NTSTATUS doCleanup(Device *device, PIRP irp) {
    PFILE_OBJECT file = IoGetCurrentIrpStackLocation(irp)->FileObject;
    Opened *opened = file ? file->FsContext : NULL;
    if (device->lockedBy && device->lockedBy == file) {
        device->lockedBy = NULL;
    }
    if (opened) {
        device->opens -= opened->counted;
        for (Opened **at = &device->handles; *at; at = &(*at)->next) {
            if (*at == opened) {
                *at = opened->next;
                break;
            }
        }
        file->FsContext = NULL;
        ExFreePool(opened);
        for (ULONG i = 0; i < deviceCount; i++) {
            if (devices[i]->kind == SHADOW && devices[i]->keeper == file) {
                devices[i]->vanished = TRUE;
            }
        }
    }
    return done(irp, STATUS_SUCCESS, 0);
}

NTSTATUS refusalOf(PIRP irp) {
    PFILE_OBJECT file = IoGetCurrentIrpStackLocation(irp)->FileObject;
    Opened *opened = file ? file->FsContext : NULL;
    return opened ? opened->refused : STATUS_SUCCESS;
}
