package org.imagingutility.codec.zstd;

/**
 * How much native memory a compressor takes: nearly all of it are the tables in which the library looks for matches. Their
 * sizes are those of the library (1.5.x, contents of more than 256 KiB; smaller ones take less).
 */
final class CompressorMemory {
    /** For each level from 1: binary logarithms of the window in bytes and of the entries of both tables. */
    private static final int[][] LOGS = {{19, 13, 14}, {20, 15, 16}, {21, 16, 17}, {21, 18, 18}, {21, 18, 19}, {21, 18, 19},
        {21, 19, 20}, {21, 19, 20}, {22, 20, 21}, {22, 21, 22}, {22, 21, 22}, {22, 22, 23}, {22, 22, 22}, {22, 22, 23},
        {22, 23, 23}, {22, 22, 22}, {23, 23, 22}, {23, 23, 22}, {23, 24, 22}, {25, 25, 23}, {26, 26, 24}, {27, 27, 25}};
    /** What a compressor has beside the tables: blocks that are being made, counts of symbols. */
    private static final long REST = 2 << 20;

    private CompressorMemory() {
    }

    /** Returns about how many bytes a compressor of {@code level} takes for contents of {@code contentLength} bytes. */
    static long bytes(int level, int contentLength) {
        int[] logs = LOGS[Math.max(1, Math.min(LOGS.length, level)) - 1];
        // a window is no larger than the content, a table little larger than the window
        int contentLog = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, contentLength - 1));
        int most = Math.min(logs[0], contentLog) + 1;
        return REST + (4L << Math.min(logs[1], most)) + (4L << Math.min(logs[2], most));
    }
}
