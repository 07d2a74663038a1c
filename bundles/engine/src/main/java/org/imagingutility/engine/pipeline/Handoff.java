package org.imagingutility.engine.pipeline;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue between two stages. Putting never waits: the number of frames bounds it. One lock operation a frame of
 * megabytes; threads are never interrupted, because an interrupt closes the file channel they read from.
 */
final class Handoff<E> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<E> queue = new ArrayDeque<>();
    private boolean closed;

    /** Adds an element; ignored after {@link #abort()}. */
    void put(E element) {
        lock.lock();
        try {
            if (!closed) {
                queue.add(element);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an element; null when the handoff is closed and empty. */
    E take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an element for some time; null when there was none in time, or none will come. */
    E poll(long timeoutMillis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (queue.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return queue.poll();
        } catch (InterruptedException e) {
            // not ours to act on: a cancelled job is told so by its monitor
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Says whether no element will come any more. */
    boolean finished() {
        lock.lock();
        try {
            return closed && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** No more elements will be put; those there are still taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Drops all elements and closes. */
    void abort() {
        lock.lock();
        try {
            queue.clear();
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
