package org.imagingutility.serve.nbd;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes that requests of all connections may take up together, and those of one connection. A request that is larger than that by
 * itself is let in when it is alone; one of a bounded size is always let in when it is the only one of its connection, so that clients who
 * leave what they asked for untaken hold up nobody else.
 */
final class Budget {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final long most;
    private final long mostOfOne;
    private final int mostRequests;
    private final long always;
    private long taken;

    /**
     * Creates a budget.
     *
     * @param most bytes of all connections
     * @param mostOfOne bytes of one connection
     * @param mostRequests requests of one connection
     * @param always bytes of a request that each connection may have, whatever the others have taken
     */
    Budget(long most, long mostOfOne, int mostRequests, long always) {
        this.most = most;
        this.always = always;
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
                while (!closed && !isFree(wanted)) {
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

        private boolean isFree(long wanted) {
            return requests < mostRequests && hasRoom(bytes, wanted, mostOfOne)
                    && (hasRoom(taken, wanted, most) || requests == 0 && wanted <= always);
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
