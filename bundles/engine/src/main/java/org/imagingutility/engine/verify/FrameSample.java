package org.imagingutility.engine.verify;

import org.imagingutility.api.container.ImageReader;

/**
 * Which frames of an image a verification looks at; frames are numbered over the whole image, from 0. A quick one takes
 * every {@link #STRIDE}th frame, so that every part of the file is treated alike, and more of where damage is likelier: of
 * the first and the last chunk all frames, but not more than {@code 1 / EDGE} of the image's. So it takes at most an eighth of
 * an image, and a frame at either end. An image of up to {@link #STRIDE} frames is looked at in full: that takes no time.
 *
 * @param frameCount frames in the image
 * @param stride every how many frames one is taken
 * @param head how many frames at the beginning are all taken
 * @param tail how many frames at the end are all taken
 */
record FrameSample(long frameCount, int stride, long head, long tail) {
    static final int STRIDE = 16;
    private static final int EDGE = 32;

    /** Returns the frames to look at in an image. */
    static FrameSample of(ImageReader reader, boolean quick) {
        long frames = 0;
        for (int i = 0; i < reader.chunkCount(); i++) {
            frames += reader.chunk(i).frameCount();
        }
        if (!quick || frames <= STRIDE) {
            return new FrameSample(frames, 1, 0, 0);
        }
        long edge = Math.max(1, frames / EDGE);
        return new FrameSample(frames, STRIDE, Math.min(edge, reader.chunk(0).frameCount()),
                Math.min(edge, reader.chunk(reader.chunkCount() - 1).frameCount()));
    }

    /** Says whether frame {@code number} is looked at. */
    boolean has(long number) {
        return number % stride == 0 || number < head || number >= frameCount - tail;
    }

    /** Returns how many frames are looked at. */
    long size() {
        return multiplesBelow(frameCount) + head - multiplesBelow(head)
                + tail - (multiplesBelow(frameCount) - multiplesBelow(frameCount - tail));
    }

    private long multiplesBelow(long number) {
        return (number + stride - 1) / stride;
    }
}
