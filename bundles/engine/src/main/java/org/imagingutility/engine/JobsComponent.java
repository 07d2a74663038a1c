package org.imagingutility.engine;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobListener;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.engine.jobs.DataFolder;
import org.imagingutility.engine.jobs.Jobs;
import org.imagingutility.engine.jobs.Listeners;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The job service in an OSGi container. Immediate, because one that is made on demand ends with its last user, and its
 * jobs with it. When the bundle or the container stops, so do the jobs.
 */
@Component(service = JobService.class, immediate = true)
public final class JobsComponent implements JobService {
    private final Listeners listeners = new Listeners();
    private final ImagingService service;
    private Jobs jobs;

    /** Called by Declarative Services. */
    @Activate
    public JobsComponent(@Reference ImagingService service) {
        this.service = service;
    }

    @Deactivate
    void stop() {
        Jobs made;
        synchronized (this) {
            made = jobs;
        }
        if (made != null) {
            made.close();
        }
    }

    /** Makes what is behind it when it is first asked for: most runs have one job and no use for this. */
    private synchronized Jobs jobsOfThisProcess() {
        if (jobs == null) {
            jobs = new Jobs(service, DataFolder.ofThisProcess(), listeners);
        }
        return jobs;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(JobListener listener) {
        listeners.add(listener);
    }

    void unbindListener(JobListener listener) {
        listeners.remove(listener);
    }

    @Override
    public <R> Job<R> submit(JobRequest<R> request, JobMonitor observer) throws ImagingException {
        return jobsOfThisProcess().submit(request, observer);
    }

    @Override
    public <R> R run(JobRequest<R> request, JobMonitor observer) throws ImagingException {
        return jobsOfThisProcess().run(request, observer);
    }

    @Override
    public List<JobStatus> jobs() {
        return jobsOfThisProcess().jobs();
    }

    @Override
    public Optional<Job<?>> job(String id) {
        return jobsOfThisProcess().job(id);
    }

    @Override
    public void forget(String id) throws ImagingException {
        jobsOfThisProcess().forget(id);
    }
}
