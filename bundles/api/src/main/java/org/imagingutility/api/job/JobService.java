package org.imagingutility.api.job;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Jobs that run by themselves, side by side: they share processors and memory fairly. What they are to do is kept on disk
 * until they are forgotten, so that a job whose process ended midway is there again, interrupted, and can be resumed.
 * Used by several threads at once.
 */
@ProviderType
public interface JobService {

    /**
     * Starts a job.
     *
     * @param observer is told what the job tells, and asked whether it should stop, beside what is asked of the {@link Job};
     *        {@link JobMonitor#NONE} for nobody
     * @throws org.imagingutility.api.error.TargetException if the request cannot be kept on disk
     */
    <R> Job<R> submit(JobRequest<R> request, JobMonitor observer) throws ImagingException;

    /**
     * Runs a job and waits for it: what {@link ImagingService} does, seen among the jobs, and controlled as they are, while it
     * runs. It is cancelled as {@code observer} says. In the engine it runs in the caller's thread, and is listed and kept on disk
     * only if it runs for more than a moment; where nothing can be kept it runs without being listed.
     *
     * @param observer is told what the job tells, and asked whether it should stop
     * @throws ImagingException what it ended with, if it failed or was cancelled
     */
    default <R> R run(JobRequest<R> request, JobMonitor observer) throws ImagingException {
        Job<R> job = submit(request, observer);
        try {
            return job.await();
        } catch (InterruptedException e) {
            job.cancel();
            Thread.currentThread().interrupt();
            throw new CancelledException("job " + job.status().id());
        }
    }

    /** Returns the jobs that are known, those of other and of earlier processes as well, by their number. */
    List<JobStatus> jobs();

    /** Returns the job with that id. */
    Optional<Job<?>> job(String id);

    /**
     * Forgets a job that is not live, and what is kept of its request. What it wrote stays.
     *
     * @throws org.imagingutility.api.error.UsageException if there is no such job, or it is live
     */
    void forget(String id) throws ImagingException;
}
