/* The bytes of drives, volumes and snapshots: what is written is kept for snapshots before */
#include "skzdisk.h"

NTSTATUS readBytes(Device *device, LONGLONG offset, UCHAR *to, ULONG length) {
    if (device->kind != SHADOW) {
        return device->on ? readBytes(device->on, device->base + offset, to, length) : transfer(device->file, FALSE, offset, to, length);
    }
    while (length > 0) {
        ULONG granule = (ULONG) (offset / GRANULE);
        ULONG part = (ULONG) (GRANULE - offset % GRANULE);
        if (part > length) {
            part = length;
        }
        NTSTATUS status = device->saved[granule / 8] >> granule % 8 & 1 ? transfer(device->file, FALSE, offset, to, part)
                : readBytes(device->on, offset, to, part);
        if (status) {
            return status;
        }
        offset += part;
        to += part;
        length -= part;
    }
    return STATUS_SUCCESS;
}

/* keeps for the snapshots of a volume what is about to be overwritten */
static NTSTATUS saveForSnapshots(Device *volume, LONGLONG offset, ULONG length) {
    UCHAR *granuleBytes = NULL;
    NTSTATUS status = STATUS_SUCCESS;
    for (ULONG i = 0; i < deviceCount && !status; i++) {
        Device *shadow = devices[i];
        if (shadow->kind != SHADOW || shadow->on != volume || shadow->vanished) {
            continue;
        }
        for (ULONG granule = (ULONG) (offset / GRANULE); granule <= (offset + length - 1) / GRANULE && !status; granule++) {
            if (shadow->saved[granule / 8] >> granule % 8 & 1) {
                continue;
            }
            if (shadow->savedLimit && shadow->savedBytes + GRANULE > shadow->savedLimit) {
                shadow->vanished = TRUE; /* as Windows does when the room for differences is used up */
                break;
            }
            LONGLONG start = (LONGLONG) granule * GRANULE;
            ULONG part = volume->size - start < GRANULE ? (ULONG) (volume->size - start) : GRANULE;
            if (!granuleBytes && !(granuleBytes = allocate(GRANULE))) {
                return STATUS_INSUFFICIENT_RESOURCES;
            }
            status = readBytes(volume, start, granuleBytes, part);
            if (!status) {
                status = transfer(shadow->file, TRUE, start, granuleBytes, part);
            }
            if (!status) {
                shadow->saved[granule / 8] |= (UCHAR) (1 << granule % 8);
                shadow->savedBytes += part;
            }
        }
    }
    if (granuleBytes) {
        ExFreePool(granuleBytes);
    }
    return status;
}

NTSTATUS writeBytes(Device *device, LONGLONG offset, UCHAR *from, ULONG length) {
    if (device->kind == SHADOW) {
        return STATUS_MEDIA_WRITE_PROTECTED;
    }
    if (device->kind == VOLUME) {
        NTSTATUS status = saveForSnapshots(device, offset, length);
        if (status) {
            return status;
        }
    }
    return device->on ? writeBytes(device->on, device->base + offset, from, length) : transfer(device->file, TRUE, offset, from, length);
}
