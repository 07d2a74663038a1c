package org.imagingutility.engine.pipeline;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Direct buffers that no pipeline uses now, kept for the next one: what is dropped comes back to the system only when the
 * garbage collector finds it. Bounded, the oldest go first; all go when none was asked for in a while. Used by several
 * threads at once.
 */
final class IdleBuffers {
    private final long mostBytes;
    private final long idleMillis;
    private final Runnable given;
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private long bytes;
    private boolean closed;
    private CompletableFuture<Void> timer;

    /**
     * Creates an empty set.
     *
     * @param mostBytes bytes that are kept at most
     * @param idleMillis after how long without a question all are given back
     * @param given called, by any thread, when they were
     */
    IdleBuffers(long mostBytes, long idleMillis, Runnable given) {
        this.mostBytes = mostBytes;
        this.idleMillis = idleMillis;
        this.given = given;
    }

    /** Returns a buffer of at least {@code size} bytes and not much more, null if there is none. */
    synchronized ByteBuffer take(int size) {
        ByteBuffer best = null;
        for (ByteBuffer buffer : buffers) {
            if (buffer.capacity() >= size && buffer.capacity() <= size + size / 4L
                    && (best == null || buffer.capacity() < best.capacity())) {
                best = buffer;
            }
        }
        if (best != null) {
            remove(best);
        }
        stopTimer();
        startTimer();
        return best;
    }

    /** Keeps a buffer for the next who needs one. Nobody may use it any more. */
    synchronized void recycle(ByteBuffer buffer) {
        if (closed || buffer.capacity() > mostBytes) {
            return;
        }
        while (bytes + buffer.capacity() > mostBytes) {
            remove(buffers.get(0));
        }
        buffers.add(buffer);
        bytes += buffer.capacity();
        startTimer();
    }

    private void remove(ByteBuffer buffer) {
        // by identity: equals would compare their content
        buffers.removeIf(candidate -> candidate == buffer);
        bytes -= buffer.capacity();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Drops all. */
    synchronized void clear() {
        buffers.clear();
        bytes = 0;
        stopTimer();
    }

    /** Drops all, and keeps none any more. */
    synchronized void close() {
        closed = true;
        clear();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the buffers to go
    private void startTimer() {
        if (timer == null && !buffers.isEmpty()) {
            // a timer of the JDK that forgets its task at once when it is cancelled
            CompletableFuture<Void> started = new CompletableFuture<>();
            started.thenRunAsync(() -> expired(started));
            timer = started.completeOnTimeout(null, idleMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expired(CompletableFuture<Void> which) {
        synchronized (this) {
            if (timer != which) {
                return;
            }
            clear();
        }
        given.run();
    }
}
