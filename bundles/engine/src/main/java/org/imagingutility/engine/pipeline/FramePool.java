package org.imagingutility.engine.pipeline;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.imagingutility.api.error.UsageException;

/**
 * A fixed number of frames, made when first needed. A frame used last is given out first: its memory is likely still
 * in the cache. Where the memory for another frame is not to be had, the pool stays as small as it is.
 */
final class FramePool<T, R> {
    private static final int PAGE_SIZE = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Frame<T, R>> free = new ArrayDeque<>();
    private final Memory memory;
    private final int contentSize;
    private final int storedSize;
    private final Consumer<String> notices;
    private int limit;
    private int made;
    private boolean aborted;

    /** Creates an empty pool; {@code notices} is told once if it cannot have {@code limit} frames, by any thread. */
    FramePool(Memory memory, int limit, int contentSize, int storedSize, Consumer<String> notices) {
        this.memory = memory;
        this.limit = limit;
        this.contentSize = contentSize;
        this.storedSize = storedSize;
        this.notices = notices;
    }

    /** Waits for a frame; null after {@link #abort()}. */
    Frame<T, R> take() throws UsageException {
        lock.lock();
        try {
            while (true) {
                if (aborted) {
                    return null;
                }
                if (!free.isEmpty()) {
                    return free.pop();
                }
                if (made < limit) {
                    Frame<T, R> frame = make();
                    if (frame != null) {
                        return frame;
                    }
                } else {
                    changed.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void giveBack(Frame<T, R> frame) {
        lock.lock();
        try {
            free.push(frame);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void abort() {
        lock.lock();
        try {
            aborted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int frameLimit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    private Frame<T, R> make() throws UsageException {
        try {
            Frame<T, R> frame = new Frame<>(pageAligned(contentSize), pageAligned(storedSize));
            made++;
            return frame;
        } catch (OutOfMemoryError e) {
            if (made == 0) {
                throw new UsageException("there is no memory for a single frame: " + contentSize + " bytes of content and "
                        + storedSize + " stored", "use a smaller --frame-size, or give the process more memory");
            }
            notices.accept("memory is short: going on with " + made + " of " + limit + " frames in flight");
            limit = made;
            return null;
        }
    }

    private ByteBuffer pageAligned(int size) {
        // an aligned slice ends at a page border as well, so whole pages are asked for
        int pages = Math.addExact(size, PAGE_SIZE - 1) / PAGE_SIZE;
        return memory.allocate(Math.multiplyExact(pages + 1, PAGE_SIZE)).alignedSlice(PAGE_SIZE).slice(0, size);
    }
}
