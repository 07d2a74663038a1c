package org.imagingutility.engine.view;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;

/**
 * Lets threads to what is open while it is open, and has them wait while it is opened again. Used by several threads at once; opened and
 * closed by one.
 *
 * @param <C> what is open
 */
final class ContentGate<C> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private C content;
    /** Whether nobody is let in although the content is still there, because it is about to be opened again. */
    private boolean suspended;
    private boolean held;
    private int inside;
    private ImagingException end;

    /** Waits until there is content, and enters; the caller leaves by {@link #exit}. */
    C enter() throws ImagingException {
        lock.lock();
        try {
            while (end == null && (content == null || suspended || held)) {
                changed.awaitUninterruptibly();
            }
            if (end != null) {
                throw end;
            }
            inside++;
            return content;
        } finally {
            lock.unlock();
        }
    }

    void exit() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in until {@link #open}: what is open must be opened again. */
    void suspend() {
        lock.lock();
        try {
            suspended = true;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in while {@code wanted}: the job is paused. */
    void hold(boolean wanted) {
        lock.lock();
        try {
            held = wanted;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void open(C opened) {
        lock.lock();
        try {
            content = opened;
            suspended = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more, and returns when nobody is inside. */
    void close() {
        lock.lock();
        try {
            content = null;
            while (inside > 0) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: who waits or comes is told {@code reason}. The first one counts. */
    void end(ImagingException reason) {
        lock.lock();
        try {
            if (end == null) {
                end = reason == null ? new CancelledException("serving") : reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
