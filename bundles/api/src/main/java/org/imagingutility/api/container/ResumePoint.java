package org.imagingutility.api.container;

/**
 * Where and how an unfinished image is resumed.
 *
 * @param keptChunks how many of its whole chunks are kept
 * @param keptFrames how many frames of the chunk behind them are kept, be it whole or partial; with 0 nothing of it is
 * @param codecWireId wire id of the codec of the chunks that are started from now on; a kept chunk keeps its own
 * @param level level of that codec
 * @param chunkSize most bytes of device in the chunks that are started from now on
 */
public record ResumePoint(int keptChunks, int keptFrames, int codecWireId, int level, long chunkSize) {

    /** Checks that nothing is negative. */
    public ResumePoint {
        if (keptChunks < 0 || keptFrames < 0) {
            throw new IllegalArgumentException("cannot keep " + keptChunks + " chunks and " + keptFrames + " frames");
        }
    }
}
