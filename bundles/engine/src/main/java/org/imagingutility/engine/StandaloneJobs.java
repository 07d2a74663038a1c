package org.imagingutility.engine;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobListener;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.engine.jobs.DataFolder;
import org.imagingutility.engine.jobs.Jobs;
import org.imagingutility.engine.jobs.Listeners;

/**
 * The job service of a plain module path (or class path), with the plug-ins and listeners that {@link ServiceLoader}
 * finds: {@code ServiceLoader.load(JobService.class).findFirst()}. It can be closed, which stops its jobs; a job that runs
 * keeps the process alive.
 */
public final class StandaloneJobs implements JobService, AutoCloseable {
    private final StandaloneEngine engine = new StandaloneEngine();
    private final Jobs jobs;

    /** Finds all plug-ins and listeners. */
    public StandaloneJobs() {
        Listeners listeners = new Listeners();
        ServiceLoader.load(JobListener.class).forEach(listeners::add);
        jobs = new Jobs(engine, DataFolder.ofThisProcess(), listeners);
    }

    @Override
    public <R> Job<R> submit(JobRequest<R> request, JobMonitor observer) throws ImagingException {
        return jobs.submit(request, observer);
    }

    @Override
    public <R> R run(JobRequest<R> request, JobMonitor observer) throws ImagingException {
        return jobs.run(request, observer);
    }

    @Override
    public List<JobStatus> jobs() {
        return jobs.jobs();
    }

    @Override
    public Optional<Job<?>> job(String id) {
        return jobs.job(id);
    }

    @Override
    public void forget(String id) throws ImagingException {
        jobs.forget(id);
    }

    @Override
    public void close() {
        jobs.close();
        engine.plugins.shutDown();
    }
}
