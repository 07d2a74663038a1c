package org.imagingutility.engine.view;

import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notices that frames of a device are read one after the other, by up to eight readers each in a place of its own, and has the next ones
 * decoded meanwhile. Used by several threads at once.
 */
final class ReadAhead {
    private static final int STREAMS = 8;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] last = new long[STREAMS];
    private final long[] ahead = new long[STREAMS];
    /** How many frames one after the other each reader has read. */
    private final int[] run = new int[STREAMS];
    private final int depth;
    private final Fetch fetch;
    private int next;
    private volatile long latest = -1;

    /** Has a frame decoded by another thread; does nothing if there is much to do. */
    @FunctionalInterface
    interface Fetch {
        void window(long index);
    }

    /** Creates it; {@code depth} frames are decoded ahead, 0 for none. */
    ReadAhead(int depth, Fetch fetch) {
        this.depth = depth;
        this.fetch = fetch;
        java.util.Arrays.fill(last, Long.MIN_VALUE);
    }

    /** Makes the threads that all devices share: daemons, which end when there is nothing to do. What there is no room for is dropped. */
    static ThreadPoolExecutor threads(int count) {
        ThreadPoolExecutor made = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(64), task -> {
            Thread thread = new Thread(task, "serving-ahead");
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy());
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    /** Says that a frame is read. */
    void reads(long window) {
        if (window == latest || depth == 0) {
            return;
        }
        latest = window;
        long from = 0;
        long to = -1;
        lock.lock();
        try {
            int stream = streamOf(window);
            if (stream < 0) {
                last[next] = window;
                ahead[next] = window;
                run[next] = 1;
                next = (next + 1) % STREAMS;
                return;
            }
            if (window > last[stream]) {
                last[stream] = window;
                run[stream] = Math.min(run[stream] + 1, depth + 2);
                from = Math.max(window, ahead[stream]) + 1;
                to = window + depth(run[stream]);
                ahead[stream] = Math.max(ahead[stream], to);
            }
        } finally {
            lock.unlock();
        }
        for (long each = from; each <= to; each++) {
            fetch.window(each);
        }
    }

    /** Two frames in a row may be chance where reads are at random, and what is decoded for nothing keeps others waiting. */
    private int depth(int frames) {
        return Math.min(depth, 2 * (frames - 2));
    }

    /** Returns the reader that was at this frame, or at one a little before: requests of one client overtake each other. */
    private int streamOf(long window) {
        for (int i = 0; i < STREAMS; i++) {
            if (window >= last[i] - depth && window <= last[i] + 1 && last[i] != Long.MIN_VALUE) {
                return i;
            }
        }
        return -1;
    }
}
