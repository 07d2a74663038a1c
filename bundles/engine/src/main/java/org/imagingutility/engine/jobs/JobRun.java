package org.imagingutility.engine.jobs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.pipeline.Failure;

/**
 * One run of a job: the monitor that the engine asks and tells. It belongs to a {@link ManagedJob} from its start, or, where its
 * caller waits for it, from when it is listed on. An observer that throws is logged and does no harm.
 */
final class JobRun<R> implements JobMonitor {
    private static final Logger LOG = System.getLogger(JobRun.class.getPackageName());

    private final JobRequest<R> request;
    private final JobMonitor observer;
    /** What it is called; null if its observer has a name for it. */
    private final String name;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** One change of state at a time, and none while the run is being listed. */
    private final Object change = new Object();
    /** The job that it is a run of; null while it is not listed. */
    private volatile ManagedJob<R> job;
    private JobState state = JobState.RUNNING;
    private String reason = "";
    private volatile boolean cancelled;
    private volatile boolean stopping;
    private volatile boolean paused;
    private volatile int workers;
    private volatile Progress progress;
    private R result;
    private Throwable failure;

    /** Creates a run that is not listed. */
    JobRun(JobRequest<R> request, JobMonitor observer) {
        this(null, null, request, observer);
    }

    JobRun(ManagedJob<R> job, JobRequest<R> request, JobMonitor observer) {
        this(job, "job " + job.id(), request, observer);
    }

    private JobRun(ManagedJob<R> job, String name, JobRequest<R> request, JobMonitor observer) {
        this.job = job;
        this.name = name;
        this.request = request;
        this.observer = observer;
    }

    /** Something that makes a job of a run that has none. */
    interface Listing<R> {
        ManagedJob<R> list() throws ImagingException;
    }

    /** Begins; the thread keeps the process alive until the job is over. */
    void start(ImagingService service) {
        Thread thread = new Thread(() -> run(service, true), "job-" + job.id());
        thread.setDaemon(false);
        thread.start();
    }

    /** Ends a run that could not begin: there is no memory for it, or the system gives no thread. */
    void cannotBegin(OutOfMemoryError reason) {
        failure = new MemoryException(reason);
        end(JobOutcome.of(failure, false));
    }

    /** Runs in this thread and gives what comes of it. */
    R runHere(ImagingService service) throws ImagingException {
        run(service, false);
        return outcome();
    }

    private void run(ImagingService service, boolean logged) {
        JobOutcome ending;
        try {
            result = JobKinds.run(service, request, this);
            ending = JobKinds.outcome(result);
        } catch (ImagingException e) {
            failure = e;
            ending = JobOutcome.of(e, stopping);
        } catch (OutOfMemoryError e) {
            failure = new MemoryException(e);
            ending = JobOutcome.of(failure, stopping);
        } catch (RuntimeException | Error e) {
            failure = e;
            ending = JobOutcome.of(e, stopping);
            if (logged) {
                LOG.log(Level.ERROR, jobName() + " ended with an internal error", e);
            }
        }
        end(ending);
    }

    private void end(JobOutcome ending) {
        try {
            change(ending.state(), ending.reason());
        } finally {
            ended.countDown();
            ManagedJob<R> listed = job;
            if (listed != null) {
                listed.over();
            }
        }
    }

    /** Lists the run, unless it is over, and says whether it did. */
    boolean list(Listing<R> listing) throws ImagingException {
        synchronized (change) {
            if (!state.isLive()) {
                return false;
            }
            ManagedJob<R> listed = listing.list();
            job = listed;
            listed.started(this);
            if (state != JobState.RUNNING) {
                listed.changed(this, state, reason);
            }
            return true;
        }
    }

    private void change(JobState newState, String newReason) {
        synchronized (change) {
            state = newState;
            reason = newReason;
            ManagedJob<R> listed = job;
            if (listed != null) {
                listed.changed(this, newState, newReason);
            }
        }
    }

    /** Waits for the end and gives what came of it. */
    R await() throws ImagingException, InterruptedException {
        ended.await();
        return outcome();
    }

    private R outcome() throws ImagingException {
        if (failure != null) {
            Failure.rethrow(failure);
        }
        return result;
    }

    /** Waits for the end; false if it did not come in time. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    boolean isListed() {
        return job != null;
    }

    boolean isOver() {
        return ended.getCount() == 0;
    }

    void cancel() {
        cancelled = true;
    }

    /** Makes it stop because the engine does. */
    void stop() {
        stopping = true;
    }

    void pause(boolean hold) {
        paused = hold;
    }

    boolean isPauseWanted() {
        return paused;
    }

    void workers(int count) {
        workers = count;
    }

    /** Returns how many workers it may use. */
    int workersNow() {
        int wanted = workers();
        int asked = wanted > 0 ? wanted : JobKinds.workers(request);
        return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
    }

    Optional<Progress> latest() {
        return Optional.ofNullable(progress);
    }

    // an observer is called in place, not by a function that is handed on: these are asked at each frame

    @Override
    public void progress(Progress now) {
        boolean first = progress == null;
        progress = now;
        try {
            observer.progress(now);
        } catch (RuntimeException e) {
            observerFailed(e);
        }
        ManagedJob<R> listed = job;
        if (listed != null) {
            if (first) {
                listed.started(this);
            }
            listed.progressed();
        }
    }

    @Override
    public void notice(String line) {
        try {
            observer.notice(line);
        } catch (RuntimeException e) {
            observerFailed(e);
        }
        ManagedJob<R> listed = job;
        if (listed != null) {
            listed.noticed(line);
        }
    }

    @Override
    public void state(JobState newState, String newReason) {
        try {
            observer.state(newState, newReason);
        } catch (RuntimeException e) {
            observerFailed(e);
        }
        change(newState, newReason);
    }

    @Override
    public boolean cancelled() {
        if (cancelled || stopping) {
            return true;
        }
        try {
            return observer.cancelled();
        } catch (RuntimeException e) {
            observerFailed(e);
            return false;
        }
    }

    @Override
    public boolean paused() {
        if (paused) {
            return true;
        }
        try {
            return observer.paused();
        } catch (RuntimeException e) {
            observerFailed(e);
            return false;
        }
    }

    @Override
    public int workers() {
        int own = workers;
        if (own > 0) {
            return own;
        }
        try {
            return observer.workers();
        } catch (RuntimeException e) {
            observerFailed(e);
            return 0;
        }
    }

    @Override
    public String jobName() {
        return name == null ? observer.jobName() : name;
    }

    private void observerFailed(RuntimeException e) {
        LOG.log(Level.WARNING, "who watches " + jobName() + " failed", e);
    }
}
