/* Control codes that ask: properties, trim, the bitmap of a volume */
#include "skzdisk.h"

/* answers with as much of a descriptor as there is room for, as the storage stack does */
static NTSTATUS answer(Request *request, const UCHAR *from, ULONG length) {
    ULONG part = length < request->outLength ? length : request->outLength;
    if (part < 8) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    memcpy(request->out, from, part);
    request->length = part;
    return STATUS_SUCCESS;
}

NTSTATUS queryProperty(Request *request) {
    Device *device = request->device;
    UCHAR d[160] = {0};
    if (request->inLength < 8) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    ULONG property = (ULONG) get(request->in, 0, 4), type = (ULONG) get(request->in, 4, 4);
    if (property != 0 && property != 1 && property != 6 && property != 7 && property != 8) {
        return STATUS_NOT_SUPPORTED;
    }
    if (type == 1) { /* PropertyExistsQuery */
        return STATUS_SUCCESS;
    }
    switch (property) {
    case 0: {
        int n = 40;
        put(d, 0, 40, 4);
        d[10] = device->removable;
        put(d, 16, n, 4);
        n += _snprintf((char *) d + n, 40, "%s", device->on ? device->on->model : device->model) + 1;
        put(d, 20, n, 4);
        n += _snprintf((char *) d + n, 8, "1.0") + 1;
        put(d, 24, n, 4);
        n += _snprintf((char *) d + n, 40, "%s", device->on ? device->on->serial : device->serial) + 1;
        put(d, 28, device->removable ? 7 : 11, 4); /* USB or SATA */
        put(d, 4, n, 4);
        return answer(request, d, n);
    }
    case 1:
        put(d, 0, 32, 4);
        put(d, 4, 32, 4);
        put(d, 8, 1 << 20, 4);
        put(d, 12, 257, 4);
        put(d, 16, 3, 4);
        d[24] = 11;
        return answer(request, d, 32);
    case 6:
        put(d, 0, 28, 4);
        put(d, 4, 28, 4);
        put(d, 16, device->sector, 4);
        put(d, 20, device->physical, 4);
        return answer(request, d, 28);
    case 7:
    default:
        put(d, 0, 12, 4);
        put(d, 4, 12, 4);
        d[8] = property == 7 ? (device->on ? device->on->seekPenalty : device->seekPenalty) : (device->on ? device->on->trim : device->trim);
        return answer(request, d, 12);
    }
}

NTSTATUS trimRanges(Request *request) {
    Device *device = request->device;
    if (request->inLength < 28) {
        return STATUS_INVALID_PARAMETER;
    }
    ULONG action = (ULONG) get(request->in, 4, 4), at = (ULONG) get(request->in, 20, 4), length = (ULONG) get(request->in, 24, 4);
    if (action != 1) {
        return STATUS_NOT_SUPPORTED;
    }
    if (!(device->on ? device->on->trim : device->trim)) {
        return STATUS_NOT_SUPPORTED;
    }
    if (at > request->inLength || length > request->inLength - at) {
        return STATUS_INVALID_PARAMETER;
    }
    for (; length >= 16; at += 16, length -= 16) {
        LONGLONG from = (LONGLONG) get(request->in, at, 8), bytes = (LONGLONG) get(request->in, at + 8, 8);
        if (from < 0 || bytes < 0 || from % device->sector || bytes % device->sector || from + bytes > device->size) {
            return STATUS_INVALID_PARAMETER;
        }
        NTSTATUS status = mayWrite(device, request->file, from, bytes);
        if (status) {
            return status;
        }
        UCHAR *zeros = allocate(GRANULE);
        for (LONGLONG left = bytes; left > 0 && !status;) {
            ULONG part = left < GRANULE ? (ULONG) left : GRANULE;
            status = writeBytes(device, from + bytes - left, zeros, part);
            left -= part;
        }
        ExFreePool(zeros);
        if (status) {
            return status;
        }
        device->trimmedBytes += bytes;
    }
    return STATUS_SUCCESS;
}

NTSTATUS volumeBitmap(Request *request, const FileSystem *fs) {
    if (!request->in || request->inLength < 8) {
        return STATUS_INVALID_PARAMETER;
    }
    if (request->outLength < 24) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    LONGLONG first = (LONGLONG) get(request->in, 0, 8);
    if (first < 0 || first >= fs->clusters) {
        return STATUS_INVALID_PARAMETER;
    }
    first &= ~7LL;
    LONGLONG left = fs->clusters - first, need = (left + 7) / 8;
    ULONG room = request->outLength - 16, part = need < room ? (ULONG) need : room;
    put(request->out, 0, (ULONGLONG) first, 8);
    put(request->out, 8, (ULONGLONG) left, 8);
    NTSTATUS status = readBitmap(request->device, fs, first / 8, request->out + 16, part);
    if (status) {
        return status;
    }
    request->length = 16 + part;
    return need > room ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}
