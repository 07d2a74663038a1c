package org.imagingutility.serve.nbd;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes that requests of all connections may take up together, and those of one connection. A request that is larger than that by
 * itself is let in when it is alone.
 */
final class Budget {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final long most;
    private final long mostOfOne;
    private final int mostRequests;
    private long taken;

    /** Creates a budget of bytes in all, bytes of one connection, and requests of one connection. */
    Budget(long most, long mostOfOne, int mostRequests) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.mostRequests = mostRequests;
    }

    /** What one connection has taken. */
    final class Share {
        private long bytes;
        private int requests;
        private boolean closed;

        /** Takes bytes for a request; waits until there is room. Returns false if the connection ended. */
        boolean take(long wanted) {
            lock.lock();
            try {
                while (!closed && !(hasRoom(taken, wanted, most) && hasRoom(bytes, wanted, mostOfOne) && requests < mostRequests)) {
                    freed.awaitUninterruptibly();
                }
                if (closed) {
                    return false;
                }
                taken += wanted;
                bytes += wanted;
                requests++;
                return true;
            } finally {
                lock.unlock();
            }
        }

        /** Gives back what a request took. */
        void give(long back) {
            lock.lock();
            try {
                taken -= back;
                bytes -= back;
                requests--;
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Has nobody wait for room any more. */
        void close() {
            lock.lock();
            try {
                closed = true;
                freed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Waits until all requests have given back what they took. */
        void awaitIdle() {
            lock.lock();
            try {
                while (requests > 0) {
                    freed.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static boolean hasRoom(long taken, long wanted, long most) {
        return taken == 0 || taken + wanted <= most;
    }

    /** Returns the bytes that are taken. */
    long taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
