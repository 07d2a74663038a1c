package org.imagingutility.allocator.fat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.fat.FatReader;
import org.imagingutility.fs.fat.FatType;
import org.imagingutility.fs.fat.Layout;
import org.imagingutility.fs.fat.UseBlock;

/** Compares the FATs of a volume that keeps them equal. */
final class FatComparison {
    private FatComparison() {
    }

    /** Returns how they differ, or empty if they are equal or there is only one. */
    static Optional<Finding> of(Device device, Layout layout) {
        if (layout.fatOffsets().size() < 2) {
            return Optional.empty();
        }
        try {
            FatReader fats = new FatReader(device, layout);
            for (int fat = 1; fat < fats.count(); fat++) {
                long entry = firstDifference(fats, layout, fat);
                if (entry >= 0) {
                    return found(String.format("has FATs that differ, first in the entry of cluster %d (bytes %d and %d)",
                            entry, at(layout, 0, entry), at(layout, fat, entry)));
                }
            }
            return Optional.empty();
        } catch (ImagingException e) {
            return found("has FATs that cannot be compared; where one cannot be read, the other is used: "
                    + e.getMessage());
        }
    }

    private static Optional<Finding> found(String evidence) {
        return Optional.of(new Finding(VolumeCondition.INCONSISTENT, evidence));
    }

    private static long firstDifference(FatReader fats, Layout layout, int fat) throws ImagingException {
        FatType type = layout.type();
        for (long first = 0; first < layout.entryCount(); first += UseBlock.ENTRIES) {
            int count = (int) Math.min(layout.entryCount() - first, UseBlock.ENTRIES);
            ByteBuffer one = fats.read(0, first, count);
            ByteBuffer other = fats.read(fat, first, count);
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
