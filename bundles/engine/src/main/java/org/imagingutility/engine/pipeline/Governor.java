package org.imagingutility.engine.pipeline;

import java.time.Duration;
import java.util.Optional;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.Stage;

/**
 * Watches how busy each stage is, opens and closes the gates of readers and workers accordingly, and names the
 * bottleneck. A stage that is busy more than {@link #HIGH} of the time while others wait for it gets one more thread;
 * workers that are idle for more than one whole thread's time lose one. Used by the thread that runs the pipeline.
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
    private final int maxWorkers;
    private final boolean adaptive;
    private final long startNanos;
    private long periodStart;
    private long readAtStart;
    private long workAtStart;
    private double readerNanos;
    private double workerNanos;

    Governor(Clocks clocks, Gate readers, int maxReaders, Gate workers, int maxWorkers, boolean adaptive, long now) {
        this.readClock = clocks.read();
        this.workClock = clocks.work();
        this.writeClock = clocks.write();
        this.readers = readers;
        this.maxReaders = maxReaders;
        this.workers = workers;
        this.maxWorkers = maxWorkers;
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
        if (workUse > HIGH && waitingForWork > 0 && workers.open() < maxWorkers) {
            workers.open(workers.open() + 1);
        } else if (workers.open() > 1 && workUse < (workers.open() - 1.5) / workers.open()) {
            workers.open(workers.open() - 1);
        }
        if (readUse > HIGH && waitingForWork == 0 && readers.open() < maxReaders) {
            readers.open(readers.open() + 1);
        }
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
