package org.imagingutility.codec.compress.stream;

import java.util.concurrent.Semaphore;

/**
 * The part of the heap that one codec may take for what its library allocates. Those libraries take megabytes of heap for
 * each frame, of a heap that is small because all else lies outside of it: so no more frames are worked on at once than
 * have room, and the other workers wait. For several threads.
 */
public final class HeapBudget {
    private static final long MIB = 1L << 20;
    /** Left to the rest of the process, and to what a collection has not given back yet. */
    private static final double SHARE = 0.6;

    private final String codec;
    private final int mebibytes;
    private final Semaphore free;

    public HeapBudget(String codec) {
        this(codec, Runtime.getRuntime().maxMemory());
    }

    public HeapBudget(String codec, long heapBytes) {
        this.codec = codec;
        this.mebibytes = (int) Math.min(Integer.MAX_VALUE, (long) (heapBytes * SHARE) / MIB);
        this.free = new Semaphore(mebibytes, true);
    }

    /**
     * Takes {@code bytes}, rounded up to whole MiB, and waits until they are there. Returns the MiB taken, which
     * {@link #giveBack} takes back.
     *
     * @throws OutOfMemoryError if the whole budget is not that much: that is no fault of the frame
     */
    public int take(long bytes, int contentLength) {
        long need = Math.max(1, (bytes + MIB - 1) / MIB);
        if (need > mebibytes) {
            throw new OutOfMemoryError("codec " + codec + ": a frame of " + contentLength + " bytes takes " + need
                    + " MiB of heap, and " + mebibytes + " MiB can be had: use a lower --level or a smaller --frame-size,"
                    + " or a larger heap (IMAGING_JAVA_OPTS=-Xmx" + (need * 2 + 64) + "m)");
        }
        free.acquireUninterruptibly((int) need);
        return (int) need;
    }

    /** Gives back what {@link #take} returned. */
    public void giveBack(int taken) {
        free.release(taken);
    }
}
