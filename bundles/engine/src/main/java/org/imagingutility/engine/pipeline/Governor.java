package org.imagingutility.engine.pipeline;

import java.time.Duration;
import java.util.Optional;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.Stage;

/**
 * Watches how busy each stage is, opens and closes the gates of readers and workers accordingly, and names the
 * bottleneck. A stage that is busy more than {@link #HIGH} of the time while others wait for it gets one more thread;
 * workers that are idle for more than one whole thread's time lose one. Never are more workers let through than the
 * pipeline's share of the resources, which is told how many there is work for. Used by the thread that runs the pipeline.
 */
final class Governor {
    private static final long PERIOD_NANOS = 250_000_000;
    private static final double HIGH = 0.9;

    private final StageClock readClock;
    private final StageClock workClock;
    private final StageClock writeClock;
    private final Gate readers;
    private final Gate workers;
    private final int maxReaders;
    private final SharedResources.Share share;
    private final boolean adaptive;
    private int maxWorkers;
    private long startNanos;
    private long periodStart;
    private long readAtStart;
    private long workAtStart;
    private double readerNanos;
    private double workerNanos;

    Governor(Clocks clocks, Gate readers, int maxReaders, Gate workers, int maxWorkers, SharedResources.Share share,
            boolean adaptive, long now) {
        this.readClock = clocks.read();
        this.workClock = clocks.work();
        this.writeClock = clocks.write();
        this.readers = readers;
        this.maxReaders = maxReaders;
        this.workers = workers;
        this.maxWorkers = maxWorkers;
        this.share = share;
        this.adaptive = adaptive;
        this.startNanos = now;
        this.periodStart = now;
    }

    /** The clocks of the three stages. */
    record Clocks(StageClock read, StageClock work, StageClock write) {
        Clocks() {
            this(new StageClock(), new StageClock(), new StageClock());
        }
    }

    /** Looks at the last period, if it is over. */
    void tick(long now, int waitingForWork) {
        long elapsed = now - periodStart;
        if (elapsed < PERIOD_NANOS) {
            return;
        }
        double readUse = (readClock.busyNanos() - readAtStart) / ((double) elapsed * readers.open());
        double workUse = (workClock.busyNanos() - workAtStart) / ((double) elapsed * workers.open());
        account(elapsed);
        if (adaptive) {
            adapt(readUse, workUse, waitingForWork);
        }
        periodStart = now;
        readAtStart = readClock.busyNanos();
        workAtStart = workClock.busyNanos();
    }

    private void adapt(double readUse, double workUse, int waitingForWork) {
        int open = workers.open();
        int next = open;
        boolean more = workUse > HIGH && waitingForWork > 0;
        if (more) {
            next = open + 1;
        } else if (open > 1 && workUse < (open - 1.5) / open) {
            next = open - 1;
        }
        share.need(more ? maxWorkers : next);
        next = Math.max(1, Math.min(next, Math.min(maxWorkers, share.workers())));
        if (next != open) {
            workers.open(next);
        }
        if (readUse > HIGH && waitingForWork == 0 && readers.open() < maxReaders) {
            readers.open(readers.open() + 1);
        }
    }

    /** Says how many workers there may be from now on; they are let through at once. */
    void maxWorkers(int count) {
        maxWorkers = count;
        workers.open(count);
    }

    /** Says that nothing was done for that time because the job was held. */
    void held(long nanos, long now) {
        startNanos += nanos;
        periodStart = now;
        readAtStart = readClock.busyNanos();
        workAtStart = workClock.busyNanos();
    }

    private void account(long elapsed) {
        readerNanos += (double) elapsed * readers.open();
        workerNanos += (double) elapsed * workers.open();
    }

    /** Returns how it went from the start until {@code now}. */
    JobStatistics statistics(long now, long frames) {
        account(now - periodStart);
        periodStart = now;
        double elapsed = Math.max(1, now - startNanos);
        double read = readClock.busyNanos() / Math.max(1, readerNanos);
        double work = workClock.busyNanos() / Math.max(1, workerNanos);
        double write = writeClock.busyNanos() / elapsed;
        double highest = Math.max(read, Math.max(work, write));
        Stage stage = highest == work ? Stage.WORK : highest == read ? Stage.READ : Stage.WRITE;
        return new JobStatistics(Duration.ofNanos(now - startNanos), frames, workers.open(),
                frames == 0 ? Optional.empty() : Optional.of(stage), Math.min(1, highest));
    }
}
