package org.imagingutility.engine.jobs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;

/**
 * A job whose caller waits for it, in the caller's thread. It is listed when it has run for a while: the many that are over
 * sooner leave nothing behind and cost nothing. That a job cannot be listed is no reason for it to fail.
 */
final class ForegroundJob<R> {
    private static final Logger LOG = System.getLogger(ForegroundJob.class.getPackageName());
    private final JobRun<R> run;
    private final JobRun.Listing<R> listing;

    ForegroundJob(JobRequest<R> request, JobMonitor observer, Listing<R> listing) {
        run = new JobRun<>(request, observer);
        this.listing = () -> listing.list(run);
    }

    /** Makes a job that others see of a run. */
    interface Listing<R> {
        ManagedJob<R> list(JobRun<R> run) throws ImagingException;
    }

    /** Runs it and gives what comes of it; {@code listedAfter} is how long it may run without being listed. */
    R run(ImagingService service, Duration listedAfter) throws ImagingException {
        Thread waiting = new Thread(() -> listAfter(listedAfter), "job-listing");
        waiting.setDaemon(true);
        try {
            waiting.start();
        } catch (OutOfMemoryError e) {
            notListed(e);
        }
        return run.runHere(service);
    }

    boolean isListed() {
        return run.isListed();
    }

    private void listAfter(Duration time) {
        try {
            if (!run.awaitEnd(time.toNanos())) {
                run.list(listing);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ImagingException | RuntimeException | OutOfMemoryError e) {
            notListed(e);
        }
    }

    private static void notListed(Throwable why) {
        LOG.log(Level.INFO, "the job runs without being listed: " + why.getMessage());
    }
}
