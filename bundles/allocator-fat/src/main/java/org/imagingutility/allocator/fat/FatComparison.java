package org.imagingutility.allocator.fat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;

/** Compares the FATs of a volume that keeps them equal. */
final class FatComparison {
    private FatComparison() {
    }

    /** Returns a sentence on how they differ, or empty if they are equal or there is only one. */
    static Optional<String> of(Device device, Layout layout) {
        if (layout.fatOffsets().size() < 2) {
            return Optional.empty();
        }
        String name = device.info().reference();
        int count = layout.fatOffsets().size();
        try {
            FatReader fats = new FatReader(device, layout);
            for (int other = 1; other < count; other++) {
                long entry = firstDifference(fats, layout, other);
                if (entry >= 0) {
                    return Optional.of(String.format("%s of \"%s\" differ, first in the entry of cluster %d (bytes %d and"
                            + " %d): clusters that one of them has in use are taken", count == 2 ? "the two FATs"
                            : "FATs 1 and " + (other + 1), name, entry, at(layout, 0, entry), at(layout, other, entry)));
                }
            }
            return Optional.empty();
        } catch (ImagingException e) {
            return Optional.of((count == 2 ? "the two FATs of \"" : "the FATs of \"") + name + "\" cannot be compared; where"
                    + " one cannot be read, the other" + (count == 2 ? " is" : "s are") + " used: " + e.getMessage());
        }
    }

    private static long firstDifference(FatReader fats, Layout layout, int otherFat) throws ImagingException {
        FatType type = layout.type();
        for (long first = 0; first < layout.entryCount(); first += UseBlock.ENTRIES) {
            int count = (int) Math.min(layout.entryCount() - first, UseBlock.ENTRIES);
            ByteBuffer one = fats.read(0, first, count);
            ByteBuffer other = fats.read(otherFat, first, count);
            // bytes that differ may be no part of an entry: the upper bits of FAT32, the last four bits of FAT12
            for (int i = one.mismatch(other) < 0 ? count : 0; i < count; i++) {
                if (first + i >= FatType.FIRST_CLUSTER && type.entry(one, i) != type.entry(other, i)) {
                    return first + i;
                }
            }
        }
        return -1;
    }

    private static long at(Layout layout, int fat, long entry) {
        return layout.fatOffsets().get(fat) + layout.type().byteOf(entry);
    }
}
