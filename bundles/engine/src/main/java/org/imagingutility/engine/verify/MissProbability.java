package org.imagingutility.engine.verify;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.job.MissChance;

/**
 * Adds up how likely a damage is missed. A damage of {@code n} bytes in a row is missed if all of it lies in one run of
 * bytes that nobody looks at: a run of {@code r} bytes has {@code r - n + 1} places for its first byte, the file has
 * {@code fileLength - n + 1}. For one thread at a time.
 */
final class MissProbability {
    /** A flipped bit, a bad block of a disk, a stretch of them. */
    private static final long[] SIZES = {1, 4 << 10, 1 << 20};

    private final long fileLength;
    private final long[] places = new long[SIZES.length];
    private long runStart;
    private long runEnd;

    MissProbability(long fileLength) {
        this.fileLength = fileLength;
    }

    /** Says that nobody looks at these bytes of the file; called in the order of the file. */
    void skipped(long fileOffset, long length) {
        if (fileOffset != runEnd) {
            endRun();
            runStart = fileOffset;
        }
        runEnd = fileOffset + length;
    }

    /** Returns the chances, when all that is skipped was said. */
    List<MissChance> chances() {
        endRun();
        List<MissChance> chances = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            if (SIZES[i] <= fileLength) {
                chances.add(new MissChance(SIZES[i], Math.min(1, places[i] / (fileLength - SIZES[i] + 1.0))));
            }
        }
        return chances;
    }

    private void endRun() {
        for (int i = 0; i < SIZES.length; i++) {
            places[i] += Math.max(0, runEnd - runStart - SIZES[i] + 1);
        }
        runStart = 0;
        runEnd = 0;
    }
}
