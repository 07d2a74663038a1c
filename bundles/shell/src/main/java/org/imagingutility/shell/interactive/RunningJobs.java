package org.imagingutility.shell.interactive;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/** The jobs of the job service that is there now; none while there is no service. Safe for several threads. */
public final class RunningJobs {
    private final AtomicReference<JobService> service = new AtomicReference<>();

    public void come(JobService arrived) {
        service.set(arrived);
    }

    public void go(JobService leaving) {
        service.compareAndSet(leaving, null);
    }

    /** Returns those of this process that work, pause or wait; those of another process have no workers here. */
    List<JobStatus> live() {
        return all().stream().filter(job -> job.state().isLive() && job.workers() > 0).toList();
    }

    /** Returns those that an earlier process left behind. */
    List<JobStatus> interrupted() {
        return all().stream().filter(job -> job.state() == JobState.INTERRUPTED).toList();
    }

    /**
     * Stops the service's bundle, which interrupts its jobs in order: at a frame border, images closed so that they can be gone
     * on with. To be done before the container stops, as that takes away what they need to close them.
     */
    void interrupt() throws BundleException {
        JobService current = service.get();
        if (current != null) {
            FrameworkUtil.getBundle(current.getClass()).stop(Bundle.STOP_TRANSIENT);
        }
    }

    private List<JobStatus> all() {
        JobService current = service.get();
        return current == null ? List.of() : current.jobs();
    }
}
