/* Partition tables, MBR and GPT, read and written */
#include "skzdisk.h"

UCHAR *entry(Device *disk, ULONG index) {
    return disk->layout + LAYOUT_HEADER + index * ENTRY;
}

static void addPartition(Device *disk, LONGLONG start, LONGLONG length, ULONG number) {
    if (number && disk->partitionCount < MOST_PARTITIONS) {
        Partition *partition = &disk->partitions[disk->partitionCount++];
        partition->start = start;
        partition->length = length;
        partition->number = number;
    }
}

static BOOLEAN isExtended(UCHAR type) {
    return type == 0x05 || type == 0x0F || type == 0x85;
}

/* the four entries of an MBR or EBR, at an index of the layout; returns where the next EBR is, or 0 */
static LONGLONG takeTable(Device *disk, const UCHAR *sector, LONGLONG at, LONGLONG container, ULONG index, ULONG *number) {
    LONGLONG next = 0;
    for (ULONG i = 0; i < 4; i++) {
        const UCHAR *raw = sector + 446 + 16 * i;
        UCHAR *to = entry(disk, index + i);
        UCHAR type = raw[4];
        LONGLONG start = (LONGLONG) get(raw, 8, 4) * disk->sector, length = (LONGLONG) get(raw, 12, 4) * disk->sector;
        BOOLEAN extended = isExtended(type);
        start += extended ? container : at;
        if (extended) {
            next = start;
        }
        put(to, 0, 0, 4);
        if (type == 0) {
            continue;
        }
        ULONG own = extended ? 0 : ++*number;
        put(to, 8, (ULONGLONG) start, 8);
        put(to, 16, (ULONGLONG) length, 8);
        put(to, 24, own, 4);
        to[32] = type;
        to[33] = raw[0] == 0x80;
        to[34] = type == 7 || type == 1 || type == 4 || type == 6 || type == 11 || type == 12 || type == 14;
        put(to, 36, get(raw, 8, 4), 4);
        addPartition(disk, start, length, own);
    }
    return next;
}

static void takeMbr(Device *disk, UCHAR *sector) {
    ULONG number = 0, count = 4;
    put(disk->layout, 0, 0, 4);
    put(disk->layout, 8, get(sector, 440, 4), 4);
    LONGLONG container = takeTable(disk, sector, 0, 0, 0, &number), next = container;
    while (next && next < disk->size && count + 4 <= MOST_PARTITIONS) {
        LONGLONG at = next;
        if (readBytes(disk, at, sector, disk->sector) || sector[510] != 0x55 || sector[511] != 0xAA) {
            break;
        }
        next = takeTable(disk, sector, at, container, count, &number);
        count += 4;
    }
    put(disk->layout, 4, count, 4);
    disk->layoutLength = LAYOUT_HEADER + count * ENTRY;
}

static BOOLEAN takeGpt(Device *disk, const UCHAR *header) {
    ULONG size = (ULONG) get(header, 84, 4), entries = (ULONG) get(header, 80, 4), count = 0;
    if (size < 128 || size > 4096 || entries > 1024) {
        return FALSE;
    }
    UCHAR *table = allocate((SIZE_T) size * entries);
    if (!table || readBytes(disk, (LONGLONG) get(header, 72, 8) * disk->sector, table, size * entries)) {
        return FALSE;
    }
    put(disk->layout, 0, 1, 4);
    memcpy(disk->layout + 8, header + 56, 16);
    put(disk->layout, 24, get(header, 40, 8) * disk->sector, 8);
    put(disk->layout, 32, (get(header, 48, 8) - get(header, 40, 8) + 1) * disk->sector, 8);
    put(disk->layout, 40, entries, 4);
    for (ULONG i = 0; i < entries && count < 128; i++) {
        const UCHAR *raw = table + (SIZE_T) i * size;
        if (!get(raw, 0, 8) && !get(raw, 8, 8)) {
            continue;
        }
        UCHAR *to = entry(disk, count++);
        LONGLONG start = (LONGLONG) get(raw, 32, 8) * disk->sector, length = (LONGLONG) (get(raw, 40, 8) - get(raw, 32, 8) + 1) * disk->sector;
        put(to, 0, 1, 4);
        put(to, 8, (ULONGLONG) start, 8);
        put(to, 16, (ULONGLONG) length, 8);
        put(to, 24, count, 4);
        memcpy(to + 32, raw, 32);       /* type, own GUID */
        memcpy(to + 64, raw + 48, 80);  /* attributes, name */
        addPartition(disk, start, length, count);
    }
    put(disk->layout, 4, count, 4);
    disk->layoutLength = LAYOUT_HEADER + count * ENTRY;
    ExFreePool(table);
    return TRUE;
}

/* reads a drive's table and lets its volumes follow it */
void findPartitions(Device *disk) {
    UCHAR *sector = allocate(4096), *header = allocate(4096);
    disk->partitionCount = 0;
    if (!disk->layout) {
        disk->layout = allocate(LAYOUT_HEADER + MOST_PARTITIONS * ENTRY);
    }
    memset(disk->layout, 0, LAYOUT_HEADER + MOST_PARTITIONS * ENTRY);
    put(disk->layout, 0, 2, 4); /* PARTITION_STYLE_RAW */
    disk->layoutLength = LAYOUT_HEADER;
    if (!readBytes(disk, 0, sector, disk->sector) && sector[510] == 0x55 && sector[511] == 0xAA) {
        BOOLEAN protective = sector[450] == 0xEE || sector[466] == 0xEE;
        BOOLEAN gpt = protective && !readBytes(disk, disk->sector, header, disk->sector) && sameBytes(header, "EFI PART", 8);
        if (!(gpt && takeGpt(disk, header)) && !sameBytes(sector + 3, "NTFS    ", 8)) {
            takeMbr(disk, sector);
        }
    }
    ExFreePool(sector);
    ExFreePool(header);
    for (ULONG i = 0; i < deviceCount; i++) {
        Device *volume = devices[i];
        if (volume->kind != VOLUME || volume->on != disk || !volume->partition) {
            continue;
        }
        volume->present = FALSE;
        for (ULONG k = 0; k < disk->partitionCount; k++) {
            if (disk->partitions[k].number == volume->partition) {
                volume->present = TRUE;
                volume->base = disk->partitions[k].start;
                volume->size = disk->partitions[k].length;
            }
        }
    }
}

NTSTATUS writeMbr(Device *disk, const UCHAR *in, ULONG count) {
    UCHAR *sector = allocate(4096);
    NTSTATUS status = readBytes(disk, 0, sector, disk->sector);
    put(sector, 440, get(in, 8, 4), 4);
    memset(sector + 446, 0, 64);
    for (ULONG i = 0; i < count && i < 4; i++) {
        const UCHAR *from = in + LAYOUT_HEADER + i * ENTRY;
        UCHAR *raw = sector + 446 + 16 * i;
        raw[0] = from[33] ? 0x80 : 0;
        raw[4] = from[32];
        put(raw, 8, get(from, 8, 8) / disk->sector, 4);
        put(raw, 12, get(from, 16, 8) / disk->sector, 4);
    }
    sector[510] = 0x55;
    sector[511] = 0xAA;
    if (!status) {
        status = writeBytes(disk, 0, sector, disk->sector);
    }
    ExFreePool(sector);
    return status;
}

NTSTATUS writeGpt(Device *disk, const UCHAR *id, const UCHAR *entries, ULONG count) {
    ULONG tableSectors = 16384 / disk->sector;
    LONGLONG last = disk->size / disk->sector - 1;
    UCHAR *table = allocate(16384), *sector = allocate(4096);
    for (ULONG i = 0, k = 0; i < count && k < 128; i++) {
        const UCHAR *from = entries + i * ENTRY;
        UCHAR *raw = table + 128 * k;
        if (get(from, 16, 8) == 0) {
            continue;
        }
        k++;
        memcpy(raw, from + 32, 32);
        put(raw, 32, get(from, 8, 8) / disk->sector, 8);
        put(raw, 40, (get(from, 8, 8) + get(from, 16, 8)) / disk->sector - 1, 8);
        memcpy(raw + 48, from + 64, 80);
    }
    put(sector, 440, 0, 6);
    sector[450] = 0xEE;
    put(sector, 447, 0x000200, 3);
    put(sector, 451, 0xFFFFFF, 3);
    put(sector, 454, 1, 4);
    put(sector, 458, last < 0xFFFFFFFFLL ? (ULONGLONG) last : 0xFFFFFFFF, 4);
    put(sector, 510, 0xAA55, 2);
    NTSTATUS status = writeBytes(disk, 0, sector, disk->sector);
    for (int copy = 0; copy < 2 && !status; copy++) {
        LONGLONG own = copy ? last : 1, other = copy ? 1 : last, at = copy ? last - tableSectors : 2;
        memset(sector, 0, 4096);
        memcpy(sector, "EFI PART", 8);
        put(sector, 8, 0x00010000, 4);
        put(sector, 12, 92, 4);
        put(sector, 24, (ULONGLONG) own, 8);
        put(sector, 32, (ULONGLONG) other, 8);
        put(sector, 40, 2 + tableSectors, 8);
        put(sector, 48, (ULONGLONG) last - tableSectors - 1, 8);
        memcpy(sector + 56, id, 16);
        put(sector, 72, (ULONGLONG) at, 8);
        put(sector, 80, 128, 4);
        put(sector, 84, 128, 4);
        put(sector, 88, crc32(table, 16384), 4);
        put(sector, 16, crc32(sector, 92), 4);
        status = writeBytes(disk, at * disk->sector, table, 16384);
        if (!status) {
            status = writeBytes(disk, own * disk->sector, sector, disk->sector);
        }
    }
    ExFreePool(table);
    ExFreePool(sector);
    return status;
}
