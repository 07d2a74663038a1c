package org.imagingutility.itests;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a job in its midst until it is let go, so that what is done meanwhile does not depend on how fast the machine is. */
final class Held extends Noting {
    private static final long SECONDS = 60;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final int when;
    private int asked;

    Held() {
        this(12);
    }

    /** Holds the job when it asks for that time whether it is to stop; it does so between frames. */
    Held(int when) {
        this.when = when;
    }

    /** Waits until the job is held. */
    void await() throws InterruptedException {
        if (!reached.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the job did not come so far: " + states() + notices());
        }
    }

    void release() {
        released.countDown();
    }

    /** Waits until the job has said something. */
    void awaitNotice() throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); notices().isEmpty(); Thread.sleep(5)) {
            if (System.nanoTime() >= end) {
                throw new AssertionError("the job said nothing: " + states());
            }
        }
    }

    @Override
    public boolean cancelled() {
        if (++asked < when) {
            return false;
        }
        reached.countDown();
        try {
            return !released.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
