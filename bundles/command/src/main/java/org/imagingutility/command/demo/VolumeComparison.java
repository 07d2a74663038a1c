package org.imagingutility.command.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.imagingutility.api.ExtentList;

/**
 * A byte by byte comparison of a volume with what was restored of it.
 *
 * @param usedBytes bytes in the used ranges, all compared
 * @param usedDifferences how many of them differ
 * @param firstDifference offset of the first that differs, or -1
 * @param freeBytes bytes outside the used ranges
 * @param freeOriginal how many of those are not zero on the original: left-overs of deleted files
 * @param freeRestored how many of those are not zero on the restored volume
 */
public record VolumeComparison(long usedBytes, long usedDifferences, long firstDifference, long freeBytes,
        long freeOriginal, long freeRestored) {
    private static final int BLOCK = 1 << 16;

    /** Compares two raw files of equal length. */
    public static VolumeComparison of(Path original, Path restored, ExtentList used) throws IOException {
        try (FileChannel left = FileChannel.open(original); FileChannel right = FileChannel.open(restored)) {
            if (left.size() != right.size()) {
                throw new IOException("\"" + restored + "\" has " + right.size() + " bytes, expected " + left.size());
            }
            return compare(left, right, used);
        }
    }

    /** Says whether all used bytes are equal and nothing but zeros stands in the free ranges of the restored volume. */
    public boolean proven() {
        return usedDifferences == 0 && freeRestored == 0;
    }

    private static VolumeComparison compare(FileChannel left, FileChannel right, ExtentList used) throws IOException {
        ByteBuffer a = ByteBuffer.allocate(BLOCK);
        ByteBuffer b = ByteBuffer.allocate(BLOCK);
        long usedDifferences = 0;
        long firstDifference = -1;
        long freeOriginal = 0;
        long freeRestored = 0;
        for (long base = 0; base < left.size(); base += BLOCK) {
            int length = (int) Math.min(BLOCK, left.size() - base);
            fill(left, base, length, a);
            fill(right, base, length, b);
            ExtentList here = used.within(base, length);
            int extent = 0;
            for (int i = 0; i < length; i++) {
                while (extent < here.count() && here.end(extent) <= base + i) {
                    extent++;
                }
                if (extent == here.count() || base + i < here.offset(extent)) {
                    freeOriginal += a.get(i) == 0 ? 0 : 1;
                    freeRestored += b.get(i) == 0 ? 0 : 1;
                } else if (a.get(i) != b.get(i)) {
                    usedDifferences++;
                    firstDifference = firstDifference < 0 ? base + i : firstDifference;
                }
            }
        }
        return new VolumeComparison(used.totalLength(), usedDifferences, firstDifference,
                left.size() - used.totalLength(), freeOriginal, freeRestored);
    }

    private static void fill(FileChannel channel, long offset, int length, ByteBuffer target) throws IOException {
        target.clear().limit(length);
        while (target.hasRemaining()) {
            if (channel.read(target, offset + target.position()) < 0) {
                throw new IOException("file ended at byte " + (offset + target.position()));
            }
        }
    }
}
