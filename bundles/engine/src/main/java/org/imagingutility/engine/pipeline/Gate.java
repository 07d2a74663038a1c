package org.imagingutility.engine.pipeline;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the first {@code open} threads of a stage pass and holds the others, or all, back, until it is released. */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile int open;
    private volatile boolean released;
    private volatile boolean held;

    Gate(int open) {
        this.open = open;
    }

    /** Waits until thread {@code number} (from 0) may work. */
    void pass(int number) {
        if (number < open && !held || released) {
            return;
        }
        lock.lock();
        try {
            while ((number >= open || held) && !released) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holds all back, or lets those pass again that it is open for. */
    void block(boolean all) {
        lock.lock();
        try {
            held = all;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isHeld() {
        return held && !released;
    }

    int open() {
        return open;
    }

    void open(int count) {
        lock.lock();
        try {
            open = count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all threads pass from now on: there is nothing left to do. */
    void release() {
        lock.lock();
        try {
            released = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
