package org.imagingutility.engine.pipeline;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.imagingutility.api.error.UsageException;

/**
 * As many frames as the pipeline's share allows, made when first needed. A frame used last is given out first: its memory
 * is likely still in the cache. Where the memory for another frame is not to be had, the pool stays as small as it is;
 * where the share becomes smaller, frames that come back go.
 */
final class FramePool<T, R> {
    private static final int PAGE_SIZE = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Frame<T, R>> free = new ArrayDeque<>();
    private final List<Frame<T, R>> all = new ArrayList<>();
    private final Memory memory;
    private final SharedResources.Share share;
    private final int contentSize;
    private final int storedSize;
    private final Consumer<String> notices;
    private int limit;
    private int made;
    private boolean aborted;

    /** Creates an empty pool; {@code notices} is told once if it cannot have {@code limit} frames, by any thread. */
    FramePool(Memory memory, SharedResources.Share share, int limit, int contentSize, int storedSize, Consumer<String> notices) {
        this.memory = memory;
        this.share = share;
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
                if (made < limit && made < share.frames() && share.mayMake()) {
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
            if (made > share.frames()) {
                drop(frame);
            } else {
                free.push(frame);
            }
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

    /** Gives back the frames that nobody holds, down to {@code count} in all. */
    void shrink(int count) {
        lock.lock();
        try {
            while (made > count && !free.isEmpty()) {
                drop(free.pop());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives all frames back, wherever they are. Nobody may use one any more. */
    void close() {
        lock.lock();
        try {
            aborted = true;
            free.clear();
            while (!all.isEmpty()) {
                drop(all.get(all.size() - 1));
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(Frame<T, R> frame) {
        all.remove(frame);
        made--;
        share.gaveBack();
        share.keep(frame.contentMemory());
        share.keep(frame.storedMemory());
    }

    /** Allows more frames from now on. */
    void limit(int count) {
        lock.lock();
        try {
            limit = Math.max(limit, count);
            changed.signal();
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
            Frame<T, R> frame = allocated();
            all.add(frame);
            made++;
            return frame;
        } catch (OutOfMemoryError e) {
            share.gaveBack();
            if (made == 0) {
                UsageException none = new UsageException("there is no memory for a single frame: " + contentSize
                        + " bytes of content and " + storedSize + " stored", "use a smaller --frame-size, or give the process"
                        + " more memory");
                none.addSuppressed(e);
                throw none;
            }
            notices.accept("memory is short: continuing with " + made + " of " + limit + " frames in flight");
            limit = made;
            return null;
        }
    }

    private Frame<T, R> allocated() {
        ByteBuffer content = memory.allocate(wholePages(contentSize));
        try {
            ByteBuffer stored = memory.allocate(wholePages(storedSize));
            return new Frame<>(content, pageAligned(content, contentSize), stored, pageAligned(stored, storedSize));
        } catch (OutOfMemoryError e) {
            share.keep(content);
            throw e;
        }
    }

    /** An aligned slice ends at a page border as well, so whole pages are asked for. */
    private static int wholePages(int size) {
        int pages = Math.addExact(size, PAGE_SIZE - 1) / PAGE_SIZE;
        return Math.multiplyExact(pages + 1, PAGE_SIZE);
    }

    private static ByteBuffer pageAligned(ByteBuffer buffer, int size) {
        return buffer.alignedSlice(PAGE_SIZE).slice(0, size);
    }
}
