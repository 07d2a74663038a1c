package org.imagingutility.snapshot.vss.requester;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.SnapshotException;

/**
 * Carries asynchronous steps of the service to their end: waits in short pieces, between which it looks whether the job was
 * cancelled or the time is over, and has the step stop then.
 */
final class Steps {
    /** How long a step can go unlooked at, milliseconds. */
    private static final int PIECE = 250;
    /** How long a step that was told to stop is waited for, milliseconds. */
    private static final int TO_STOP = 10_000;

    private final Clock clock;
    private final Duration limit;
    private final BooleanSupplier cancelled;

    /**
     * Creates it.
     *
     * @param limit how long one step may take
     * @param cancelled says whether the user wants all to stop
     */
    Steps(Clock clock, Duration limit, BooleanSupplier cancelled) {
        this.clock = clock;
        this.limit = limit;
        this.cancelled = cancelled;
    }

    /** Begins a step. */
    @FunctionalInterface
    interface Begin {
        /** Begins it; whoever called for it closes it. */
        AsyncOperation begin() throws VssFailure;
    }

    /**
     * Runs a step.
     *
     * @param subject what to name in errors
     * @param method the method of the service
     * @throws VssFailure if it fails
     * @throws CancelledException if the user wants all to stop
     * @throws SnapshotException if it takes too long
     */
    void run(String subject, String method, Begin begin) throws VssFailure, ImagingException {
        try (AsyncOperation step = begin.begin()) {
            long end = clock.millis() + limit.toMillis();
            int status = step.status();
            while (status == VssError.ASYNC_PENDING) {
                boolean late = clock.millis() >= end;
                if (late || cancelled.getAsBoolean()) {
                    stop(step);
                    if (late) {
                        throw new SnapshotException(subject, method + " did not come to its end within " + limit.toSeconds() + " seconds",
                                "see what \"vssadmin list writers\" says, restart the service of a writer that waits, and try again", null);
                    }
                    throw new CancelledException("making a snapshot");
                }
                await(step, PIECE);
                status = step.status();
            }
            if (status == VssError.ASYNC_CANCELLED) {
                throw new CancelledException("making a snapshot");
            }
            if (VssError.failed(status)) {
                throw new VssFailure(method, status);
            }
        }
    }

    /** Throws if the user wants all to stop. */
    void check() throws CancelledException {
        if (cancelled.getAsBoolean()) {
            throw new CancelledException("making a snapshot");
        }
    }

    /** Lets time pass. */
    void pause(long milliseconds) throws CancelledException {
        long end = clock.millis() + milliseconds;
        for (long left = milliseconds; left > 0; left = end - clock.millis()) {
            check();
            sleep((int) Math.min(PIECE, left));
        }
    }

    private void stop(AsyncOperation step) throws VssFailure, CancelledException {
        step.cancel();
        long end = clock.millis() + TO_STOP;
        while (step.status() == VssError.ASYNC_PENDING && clock.millis() < end) {
            await(step, PIECE);
        }
    }

    /** The service may come back at once, as it is free to: then this waits itself. */
    private void await(AsyncOperation step, int milliseconds) throws VssFailure, CancelledException {
        long begun = clock.millis();
        step.await(milliseconds);
        int left = (int) (milliseconds - Math.max(0, clock.millis() - begun));
        if (left > milliseconds / 2 && step.status() == VssError.ASYNC_PENDING) {
            sleep(left);
        }
    }

    private void sleep(int milliseconds) throws CancelledException {
        try {
            clock.pause(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("making a snapshot");
        }
    }
}
