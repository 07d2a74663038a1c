/* Control codes of drives and volumes */
#include "skzdisk.h"

static NTSTATUS volumeControl(Request *request) {
    Device *device = request->device;
    FileSystem fs = fileSystem(device);
    switch (request->code) {
    case SKZ_LOCK:
    case FSCTL_LOCK_VOLUME_:
        if (device->kind != VOLUME) {
            return device->kind == DISK ? STATUS_SUCCESS : STATUS_ACCESS_DENIED;
        }
        if (device->lockedBy || device->opens > 1) {
            return STATUS_ACCESS_DENIED;
        }
        device->lockedBy = request->file;
        device->locks++;
        return STATUS_SUCCESS;
    case SKZ_UNLOCK:
    case FSCTL_UNLOCK_VOLUME_:
        if (device->kind == VOLUME && device->lockedBy != request->file) {
            return STATUS_NOT_LOCKED;
        }
        device->lockedBy = NULL;
        return STATUS_SUCCESS;
    case SKZ_DISMOUNT:
    case FSCTL_DISMOUNT_VOLUME_:
        if (device->lockedBy && device->lockedBy != request->file) {
            return STATUS_ACCESS_DENIED;
        }
        device->mounted = FALSE;
        device->dismounts++;
        return STATUS_SUCCESS;
    case FSCTL_IS_VOLUME_MOUNTED_:
        return device->kind != VOLUME || device->mounted ? STATUS_SUCCESS : STATUS_WRONG_VOLUME;
    case FSCTL_ALLOW_EXTENDED_DASD_IO_:
        if (device->kind == DISK) {
            return STATUS_INVALID_DEVICE_REQUEST;
        }
        ((Opened *) request->file->FsContext)->beyondFileSystem = TRUE;
        return STATUS_SUCCESS;
    case FSCTL_GET_NTFS_VOLUME_DATA_:
        if (device->kind == DISK || !fs.ntfs) {
            return STATUS_INVALID_DEVICE_REQUEST;
        }
        NEED(96);
        put(request->out, 0, (ULONGLONG) fs.serial, 8);
        put(request->out, 8, (ULONGLONG) fs.sectors, 8);
        put(request->out, 16, (ULONGLONG) fs.clusters, 8);
        put(request->out, 24, (ULONGLONG) freeClusters(device, &fs), 8);
        put(request->out, 40, fs.sector, 4);
        put(request->out, 44, fs.cluster, 4);
        put(request->out, 48, fs.record, 4);
        put(request->out, 64, (ULONGLONG) fs.table, 8);
        put(request->out, 72, (ULONGLONG) fs.mirror, 8);
        return STATUS_SUCCESS;
    case FSCTL_GET_VOLUME_BITMAP_:
        if (device->kind == DISK || !fs.clusters) {
            return STATUS_INVALID_DEVICE_REQUEST;
        }
        return volumeBitmap(request, &fs);
    case FSCTL_GET_RETRIEVAL_POINTER_BASE_:
        if (device->kind == DISK || !fs.clusters) {
            return STATUS_INVALID_DEVICE_REQUEST;
        }
        NEED(8);
        put(request->out, 0, (ULONGLONG) fs.firstSector, 8);
        return STATUS_SUCCESS;
    case VOLUME_GET_VOLUME_DISK_EXTENTS_:
        if (device->kind != VOLUME || !device->on) {
            return STATUS_INVALID_DEVICE_REQUEST;
        }
        if (device->alsoLength && request->outLength < 56) {
            NEED(8);
            put(request->out, 0, 2, 4);
            return STATUS_BUFFER_OVERFLOW;
        }
        NEED(device->alsoLength ? 56 : 32);
        put(request->out, 0, device->alsoLength ? 2 : 1, 4);
        if (device->alsoLength) {
            put(request->out, 32, device->alsoDrive, 4);
            put(request->out, 40, (ULONGLONG) device->alsoOffset, 8);
            put(request->out, 48, (ULONGLONG) device->alsoLength, 8);
        }
        put(request->out, 8, device->on->number, 4);
        put(request->out, 16, (ULONGLONG) device->base, 8);
        put(request->out, 24, (ULONGLONG) device->size, 8);
        return STATUS_SUCCESS;
    case MOUNTDEV_QUERY_DEVICE_NAME_: {
        ULONG bytes = (ULONG) wcslen(device->name) * sizeof(WCHAR);
        if (request->outLength < 4) {
            return STATUS_BUFFER_TOO_SMALL;
        }
        put(request->out, 0, bytes, 2);
        if (request->outLength < bytes + 2) {
            request->length = 4;
            return STATUS_BUFFER_OVERFLOW;
        }
        memcpy(request->out + 2, device->name, bytes);
        request->length = bytes + 2;
        return STATUS_SUCCESS;
    }
    case VOLUME_ONLINE_:
        return STATUS_SUCCESS;
    default:
        return STATUS_INVALID_DEVICE_REQUEST;
    }
}

static NTSTATUS setLayout(Request *request) {
    Device *disk = request->device;
    NTSTATUS status;
    if (request->inLength < LAYOUT_HEADER) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    ULONG style = (ULONG) get(request->in, 0, 4), count = (ULONG) get(request->in, 4, 4);
    if (count > (request->inLength - LAYOUT_HEADER) / ENTRY || (ULONG) get(disk->layout, 0, 4) != style) {
        return STATUS_INVALID_PARAMETER;
    }
    status = style == 0 ? writeMbr(disk, request->in, count) : writeGpt(disk, request->in + 8, request->in + LAYOUT_HEADER, count);
    if (!status) {
        findPartitions(disk);
    }
    return status;
}

static NTSTATUS createDisk(Request *request) {
    Device *disk = request->device;
    NTSTATUS status = STATUS_INVALID_PARAMETER;
    if (request->inLength < 12) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    ULONG style = (ULONG) get(request->in, 0, 4);
    if (style == 0) {
        UCHAR empty[LAYOUT_HEADER] = {0};
        put(empty, 8, get(request->in, 4, 4), 4);
        status = writeMbr(disk, empty, 0);
    } else if (style == 1 && request->inLength >= 24) {
        status = writeGpt(disk, request->in + 4, NULL, 0);
    }
    if (!status) {
        findPartitions(disk);
    }
    return status;
}

static NTSTATUS deleteLayout(Device *disk) {
    UCHAR *zeros = allocate(4096);
    NTSTATUS status = writeBytes(disk, 0, zeros, disk->sector);
    if (!status) {
        status = writeBytes(disk, disk->sector, zeros, disk->sector);
    }
    if (!status) {
        status = writeBytes(disk, disk->size - disk->sector, zeros, disk->sector);
    }
    ExFreePool(zeros);
    findPartitions(disk);
    return status;
}

static NTSTATUS partitionInformation(Request *request) {
    Device *device = request->device;
    NEED(ENTRY);
    put(request->out, 0, 2, 4);
    put(request->out, 16, (ULONGLONG) device->size, 8);
    if (device->kind == VOLUME && device->on) {
        ULONG count = (ULONG) get(device->on->layout, 4, 4);
        for (ULONG i = 0; i < count; i++) {
            if ((LONGLONG) get(entry(device->on, i), 8, 8) == device->base && get(entry(device->on, i), 24, 4)) {
                memcpy(request->out, entry(device->on, i), ENTRY);
            }
        }
    }
    return STATUS_SUCCESS;
}

static NTSTATUS diskControl(Request *request) {
    Device *device = request->device;
    UCHAR *out = request->out;
    switch (request->code) {
    case DISK_GET_LENGTH_INFO_:
        NEED(8);
        put(out, 0, (ULONGLONG) device->size, 8);
        return STATUS_SUCCESS;
    case DISK_GET_DRIVE_GEOMETRY_:
    case DISK_GET_DRIVE_GEOMETRY_EX_:
        NEED(request->code == DISK_GET_DRIVE_GEOMETRY_ ? 24u : 32u);
        put(out, 0, (ULONGLONG) (device->size / device->sector / 63 / 255), 8);
        put(out, 8, device->removable ? 11 : 12, 4);
        put(out, 12, 255, 4);
        put(out, 16, 63, 4);
        put(out, 20, device->sector, 4);
        if (request->code == DISK_GET_DRIVE_GEOMETRY_EX_) {
            put(out, 24, (ULONGLONG) device->size, 8);
        }
        return STATUS_SUCCESS;
    case STORAGE_READ_CAPACITY_:
        NEED(32);
        put(out, 0, 32, 4);
        put(out, 4, 32, 4);
        put(out, 8, device->sector, 4);
        put(out, 16, (ULONGLONG) (device->size / device->sector), 8);
        put(out, 24, (ULONGLONG) device->size, 8);
        return STATUS_SUCCESS;
    case STORAGE_GET_DEVICE_NUMBER_:
        if (device->kind == SHADOW || (device->kind == VOLUME && !device->on)) {
            return STATUS_INVALID_DEVICE_REQUEST;
        }
        NEED(12);
        put(out, 0, 7, 4);
        put(out, 4, device->kind == DISK ? device->number : device->on->number, 4);
        put(out, 8, device->kind == DISK ? 0 : device->partition, 4);
        return STATUS_SUCCESS;
    case STORAGE_GET_HOTPLUG_INFO_:
        NEED(8);
        put(out, 0, 8, 4);
        out[4] = out[6] = device->removable;
        return STATUS_SUCCESS;
    case STORAGE_CHECK_VERIFY_:
    case STORAGE_CHECK_VERIFY2_:
        return STATUS_SUCCESS;
    case STORAGE_QUERY_PROPERTY_:
        return queryProperty(request);
    case STORAGE_MANAGE_DATA_SET_ATTRIBUTES_:
        return trimRanges(request);
    case DISK_IS_WRITABLE_:
        return device->readOnly || device->kind == SHADOW || (device->on && device->on->readOnly) ? STATUS_MEDIA_WRITE_PROTECTED : STATUS_SUCCESS;
    case DISK_GET_PARTITION_INFO_EX_:
        return partitionInformation(request);
    default:
        break;
    }
    if (device->kind != DISK) {
        return volumeControl(request);
    }
    switch (request->code) {
    case DISK_GET_DRIVE_LAYOUT_EX_:
        if (request->outLength < device->layoutLength) {
            return STATUS_BUFFER_TOO_SMALL;
        }
        memcpy(out, device->layout, device->layoutLength);
        request->length = device->layoutLength;
        return STATUS_SUCCESS;
    case DISK_SET_DRIVE_LAYOUT_EX_:
        return device->readOnly ? STATUS_MEDIA_WRITE_PROTECTED : setLayout(request);
    case DISK_CREATE_DISK_:
        return device->readOnly ? STATUS_MEDIA_WRITE_PROTECTED : createDisk(request);
    case DISK_DELETE_DRIVE_LAYOUT_:
        return device->readOnly ? STATUS_MEDIA_WRITE_PROTECTED : deleteLayout(device);
    case DISK_UPDATE_PROPERTIES_:
        device->updates++;
        findPartitions(device);
        return STATUS_SUCCESS;
    case DISK_GET_DISK_ATTRIBUTES_:
        NEED(16);
        put(out, 0, 16, 4);
        put(out, 8, (device->offline ? 1 : 0) | (device->readOnly ? 2 : 0), 8);
        return STATUS_SUCCESS;
    case DISK_SET_DISK_ATTRIBUTES_: {
        if (request->inLength < 24) {
            return STATUS_INFO_LENGTH_MISMATCH;
        }
        ULONG attributes = (ULONG) get(request->in, 8, 8), mask = (ULONG) get(request->in, 16, 8);
        if (mask & 1) {
            device->offline = attributes & 1;
        }
        if (mask & 2) {
            device->readOnly = attributes & 2 ? TRUE : FALSE;
        }
        return STATUS_SUCCESS;
    }
    default:
        return volumeControl(request);
    }
}

static NTSTATUS listVolumes(Request *request) {
    SkzVolume *to = (SkzVolume *) request->out;
    ULONG most = request->outLength / sizeof *to, count = 0;
    for (ULONG i = 0; i < deviceCount; i++) {
        Device *volume = devices[i];
        if (volume->kind != VOLUME || !isThere(volume)) {
            continue;
        }
        if (count == most) {
            return STATUS_BUFFER_TOO_SMALL;
        }
        copyText(to[count].device, volume->name, 64);
        copyText(to[count].guid, volume->guid, 40);
        copyText(to[count++].letter, volume->letter, 4);
    }
    request->length = count * sizeof *to;
    return STATUS_SUCCESS;
}

NTSTATUS doControl(Device *device, PIRP irp) {
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    BOOLEAN neither = (code & 3) == METHOD_NEITHER;
    Request request = {device, stack->FileObject, code, stack->Parameters.DeviceIoControl.InputBufferLength, stack->Parameters.DeviceIoControl.OutputBufferLength,
            neither ? stack->Parameters.DeviceIoControl.Type3InputBuffer : irp->AssociatedIrp.SystemBuffer, neither ? irp->UserBuffer : irp->AssociatedIrp.SystemBuffer, 0};
    NTSTATUS status;
    if (code == SKZ_COMMAND) {
        char line[256] = {0};
        memcpy(line, request.in, request.inLength < 255 ? request.inLength : 255);
        status = command(device, request.file, line, (char *) request.out, request.outLength, &request.length);
    } else if (code == SKZ_OPENED && device->kind != CONTROL) {
        status = request.inLength < 8 ? STATUS_INVALID_PARAMETER : isOpened(device, request.file, (ULONG) get(request.in, 0, 4), (ULONG) get(request.in, 4, 4));
    } else if (device->kind != CONTROL && refusalOf(irp)) {
        status = refusalOf(irp);
    } else if (device->kind == CONTROL) {
        status = code == SKZ_VOLUMES ? listVolumes(&request) : STATUS_INVALID_DEVICE_REQUEST;
    } else if (!isThere(device)) {
        status = STATUS_DEVICE_NOT_CONNECTED;
    } else {
        /* input and output share a buffer: keep the input of those that read it after writing */
        UCHAR *kept = NULL;
        if (!neither && request.inLength && request.in) {
            kept = allocate(request.inLength);
            memcpy(kept, request.in, request.inLength);
            request.in = kept;
        }
        status = diskControl(&request);
        if (kept) {
            ExFreePool(kept);
        }
    }
    return done(irp, status, request.length);
}
