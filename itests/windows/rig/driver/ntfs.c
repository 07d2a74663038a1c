/* What NTFS says of itself: boot sector, first records of $MFT, $Bitmap */
#include "skzdisk.h"

FileSystem fileSystem(Device *device) {
    FileSystem found;
    UCHAR *boot = allocate(4096);
    memset(&found, 0, sizeof found);
    if (boot && device->size >= 4096 && !readBytes(device, 0, boot, 4096)) {
        found.ntfs = sameBytes(boot + 3, "NTFS    ", 8) && get(boot, 11, 2) >= 256 && boot[13];
        found.known = found.ntfs || sameBytes(boot + 3, "EXFAT   ", 8);
        if (sameBytes(boot + 54, "FAT", 3) || sameBytes(boot + 82, "FAT32", 5)) {
            fatFileSystem(boot, &found);
        }
    }
    if (found.ntfs) {
        signed char perCluster = (signed char) boot[13], perRecord = (signed char) boot[64];
        found.sector = (ULONG) get(boot, 11, 2);
        found.cluster = found.sector * (perCluster > 0 ? (ULONG) perCluster : 1UL << -perCluster);
        found.record = perRecord > 0 ? found.cluster * (ULONG) perRecord : 1UL << -perRecord;
        found.sectors = (LONGLONG) get(boot, 40, 8);
        found.clusters = found.sectors * found.sector / found.cluster;
        found.table = (LONGLONG) get(boot, 48, 8);
        found.mirror = (LONGLONG) get(boot, 56, 8);
        found.serial = (LONGLONG) get(boot, 72, 8);
    }
    if (boot) {
        ExFreePool(boot);
    }
    return found;
}

/* reads one of the first records of $MFT, with its fix-ups applied */
UCHAR *fileRecord(Device *device, const FileSystem *fs, ULONG number) {
    UCHAR *record = allocate(fs->record);
    if (!record) {
        return NULL;
    }
    if (readBytes(device, fs->table * fs->cluster + (LONGLONG) number * fs->record, record, fs->record) || !sameBytes(record, "FILE", 4)) {
        ExFreePool(record);
        return NULL;
    }
    ULONG array = (ULONG) get(record, 4, 2), count = (ULONG) get(record, 6, 2);
    for (ULONG i = 1; i < count && i * 512 <= fs->record && array + 2 * i + 2 <= fs->record; i++) {
        memcpy(record + i * 512 - 2, record + array + 2 * i, 2);
    }
    return record;
}

UCHAR *attribute(UCHAR *record, ULONG length, ULONG type) {
    ULONG at = (ULONG) get(record, 20, 2);
    while (at + 16 <= length && get(record, at, 4) != 0xFFFFFFFF) {
        ULONG size = (ULONG) get(record, at + 4, 4);
        if (get(record, at, 4) == type && record[at + 9] == 0) {
            return record + at;
        }
        if (size < 16 || size > length - at) {
            return NULL;
        }
        at += size;
    }
    return NULL;
}

/* reads a part of what a file's unnamed data holds that does not lie in its record */
static NTSTATUS readRuns(Device *device, const FileSystem *fs, const UCHAR *data, LONGLONG from, UCHAR *to, ULONG length) {
    const UCHAR *run = data + get(data, 32, 2);
    LONGLONG cluster = 0, position = 0;
    if (!data[8]) {
        return STATUS_FILE_CORRUPT_ERROR;
    }
    while (*run && length > 0) {
        ULONG lengthBytes = *run & 15, offsetBytes = *run >> 4;
        LONGLONG count = (LONGLONG) get(run, 1, lengthBytes) * fs->cluster;
        if (offsetBytes) {
            LONGLONG step = (LONGLONG) get(run, 1 + lengthBytes, offsetBytes);
            if (run[lengthBytes + offsetBytes] & 0x80 && offsetBytes < 8) {
                step -= 1LL << (8 * offsetBytes);
            }
            cluster += step;
        }
        if (from < position + count) {
            LONGLONG inside = from - position;
            ULONG part = count - inside < length ? (ULONG) (count - inside) : length;
            NTSTATUS status = readBytes(device, cluster * fs->cluster + inside, to, part);
            if (status) {
                return status;
            }
            from += part;
            to += part;
            length -= part;
        }
        position += count;
        run += 1 + lengthBytes + offsetBytes;
    }
    return length ? STATUS_FILE_CORRUPT_ERROR : STATUS_SUCCESS;
}

NTSTATUS readBitmap(Device *device, const FileSystem *fs, LONGLONG from, UCHAR *to, ULONG length) {
    if (fs->fatBits) {
        return readFat(device, fs, from, to, length);
    }
    UCHAR *record = fileRecord(device, fs, 6);
    UCHAR *data = record ? attribute(record, fs->record, 0x80) : NULL;
    NTSTATUS status = data ? readRuns(device, fs, data, from, to, length) : STATUS_FILE_CORRUPT_ERROR;
    if (record) {
        ExFreePool(record);
    }
    return status;
}

LONGLONG freeClusters(Device *device, const FileSystem *fs) {
    LONGLONG used = 0;
    UCHAR *part = allocate(GRANULE);
    if (!part) {
        return 0;
    }
    for (LONGLONG at = 0; at < (fs->clusters + 7) / 8; at += GRANULE) {
        LONGLONG left = (fs->clusters + 7) / 8 - at;
        ULONG length = left < GRANULE ? (ULONG) left : GRANULE;
        if (readBitmap(device, fs, at, part, length)) {
            break;
        }
        for (ULONG i = 0; i < length * 8 && at * 8 + i < fs->clusters; i++) {
            used += part[i / 8] >> i % 8 & 1;
        }
    }
    ExFreePool(part);
    return fs->clusters - used;
}
