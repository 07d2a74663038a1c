/* What a FAT says of itself: boot sector, table */
#include "skzdisk.h"

/* the fields as Microsoft's FAT specification (fatgen103) has them; which FAT it is, is told by the number of clusters */
void fatFileSystem(const UCHAR *boot, FileSystem *found) {
    ULONG sector = (ULONG) get(boot, 11, 2), perCluster = boot[13], fats = boot[16];
    LONGLONG total = (LONGLONG) (get(boot, 19, 2) ? get(boot, 19, 2) : get(boot, 32, 4));
    LONGLONG tableSectors = (LONGLONG) (get(boot, 22, 2) ? get(boot, 22, 2) : get(boot, 36, 4)), reserved = (LONGLONG) get(boot, 14, 2);
    LONGLONG root = sector ? ((LONGLONG) get(boot, 17, 2) * 32 + sector - 1) / sector : 0;
    LONGLONG first = reserved + fats * tableSectors + root;
    if (sector < 512 || !perCluster || total <= first) {
        return;
    }
    found->known = TRUE;
    found->sector = sector;
    found->cluster = sector * perCluster;
    found->sectors = total;
    found->firstSector = first;
    found->clusters = (total - first) / perCluster;
    found->table = reserved * sector;
    found->fatBits = found->clusters < 4085 ? 12 : found->clusters < 65525 ? 16 : 32;
    found->serial = (LONGLONG) get(boot, found->fatBits == 32 ? 67 : 39, 4);
}

/* bits of clusters, from a byte of the bitmap on; entries 0 and 1 of the table are no clusters */
NTSTATUS readFat(Device *device, const FileSystem *fs, LONGLONG from, UCHAR *to, ULONG length) {
    UCHAR *entries = allocate(GRANULE);
    NTSTATUS status = entries ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
    memset(to, 0, length);
    for (ULONG bit = 0; bit < length * 8 && from * 8 + bit < fs->clusters && !status; bit++) {
        LONGLONG offset = (from * 8 + bit + 2) * fs->fatBits / 8, at = offset & ~(LONGLONG) (GRANULE / 2 - 1);
        if (bit == 0 || at != (((from * 8 + bit + 1) * fs->fatBits / 8) & ~(LONGLONG) (GRANULE / 2 - 1))) {
            status = readBytes(device, fs->table + at, entries, GRANULE);
        }
        ULONG value = (ULONG) get(entries, (ULONG) (offset - at), fs->fatBits == 32 ? 4 : 2);
        if (fs->fatBits == 12) {
            value = (from * 8 + bit) & 1 ? value >> 4 : value & 0xFFF;
        }
        if (fs->fatBits == 32 ? value & 0xFFFFFFF : value) {
            to[bit / 8] |= (UCHAR) (1 << bit % 8);
        }
    }
    if (entries) {
        ExFreePool(entries);
    }
    return status;
}
