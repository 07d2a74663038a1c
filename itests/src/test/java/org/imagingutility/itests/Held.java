package org.imagingutility.itests;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;

/** Holds a job in its midst until it is let go, so that what is done meanwhile does not depend on how fast the machine is. */
final class Held implements JobMonitor {
    private static final long SECONDS = 60;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
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
            throw new AssertionError("the job did not come so far: " + states + notices);
        }
    }

    void release() {
        released.countDown();
    }

    /** Returns the states the job has told, each with its reason. */
    List<String> states() {
        return states;
    }

    List<String> notices() {
        return notices;
    }

    /** Waits until the job has said something. */
    void awaitNotice() throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); notices.isEmpty(); Thread.sleep(5)) {
            if (System.nanoTime() >= end) {
                throw new AssertionError("the job said nothing: " + states);
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

    @Override
    public void state(JobState state, String reason) {
        states.add((state + " " + reason).strip());
    }

    @Override
    public void notice(String line) {
        notices.add(line);
    }
}
