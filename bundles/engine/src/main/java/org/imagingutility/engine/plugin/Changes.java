package org.imagingutility.engine.plugin;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** That plug-ins came or went, for those who wait for that. Used by several threads at once. */
public final class Changes {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile SwapPolicy policy = SwapPolicy.DEFAULT;
    private volatile boolean closed;
    private volatile boolean trusting;
    private volatile Consumer<String> remarks = remark -> { };
    private long count;

    public SwapPolicy policy() {
        return policy;
    }

    void policy(SwapPolicy value) {
        policy = value;
    }

    /** Says whether only bundles are there whose signer is trusted, so that all may have what is reserved for this project. */
    boolean trusting() {
        return trusting;
    }

    void trusting(boolean value) {
        trusting = value;
    }

    /** Tells whoever keeps the log. */
    void signalChange(String line) {
        remarks.accept(line);
    }

    void remarks(Consumer<String> listener) {
        remarks = listener;
    }

    /** Says whether the engine is going. */
    public boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
        signalChange();
    }

    void signalChange() {
        lock.lock();
        try {
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns a number that grows with each change. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there were more changes than {@code seen}, or for the given time. */
    public void await(long seen, long millis) {
        boolean interrupted = false;
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (count == seen && left > 0) {
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    // not ours to act on: a cancelled job is told so by its monitor
                    interrupted = true;
                }
            }
        } finally {
            lock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
