package org.imagingutility.engine.pipeline;

/**
 * Puts frames back into the order of their tasks. A frame in flight holds its place, so a ring with one place for each
 * frame of the pool is enough.
 */
final class ReorderBuffer<T, R> {
    private Frame<?, ?>[] ring;
    private long nextSequence;

    ReorderBuffer(int frameCount) {
        ring = new Frame<?, ?>[frameCount];
    }

    /** Makes room for as many frames. */
    void grow(int frameCount) {
        if (frameCount > ring.length) {
            Frame<?, ?>[] old = ring;
            ring = new Frame<?, ?>[frameCount];
            for (Frame<?, ?> frame : old) {
                if (frame != null) {
                    ring[(int) (frame.sequence() % ring.length)] = frame;
                }
            }
        }
    }

    void add(Frame<T, R> frame) {
        ring[(int) (frame.sequence() % ring.length)] = frame;
    }

    /** Returns the next frame if it is there, else null. */
    @SuppressWarnings("unchecked") // only frames of this pipeline get in
    Frame<T, R> next() {
        int place = (int) (nextSequence % ring.length);
        Frame<T, R> frame = (Frame<T, R>) ring[place];
        if (frame != null) {
            ring[place] = null;
            nextSequence++;
        }
        return frame;
    }
}
