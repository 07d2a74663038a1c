package org.imagingutility.engine.jobs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.pipeline.Failure;

/**
 * One run of a job, in a thread of its own: the monitor that the engine asks and tells. An observer that throws is logged
 * and does no harm.
 */
final class JobRun<R> implements JobMonitor {
    private static final Logger LOG = System.getLogger(JobRun.class.getPackageName());

    private final ManagedJob<R> job;
    private final JobRequest<R> request;
    private final JobMonitor observer;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile boolean stopping;
    private volatile boolean paused;
    private volatile int workers;
    private volatile Progress progress;
    private R result;
    private Throwable failure;

    JobRun(ManagedJob<R> job, JobRequest<R> request, JobMonitor observer) {
        this.job = job;
        this.request = request;
        this.observer = observer;
    }

    /** Begins; the thread keeps the process alive until the job is over. */
    void start(ImagingService service) {
        Thread thread = new Thread(() -> run(service), "job-" + job.id());
        thread.setDaemon(false);
        thread.start();
    }

    private void run(ImagingService service) {
        Ending ending;
        try {
            result = JobKinds.run(service, request, this);
            ending = new Ending(JobState.DONE, JobKinds.outcome(request, result));
        } catch (ImagingException e) {
            failure = e;
            ending = Ending.of(e, stopping);
        } catch (RuntimeException | Error e) {
            failure = e;
            ending = Ending.of(e, stopping);
            LOG.log(Level.ERROR, jobName() + " ended with an internal error", e);
        }
        try {
            job.changed(this, ending.state(), ending.reason());
        } finally {
            ended.countDown();
        }
        job.over();
    }

    /** Waits for the end and gives what came of it. */
    R await() throws ImagingException, InterruptedException {
        ended.await();
        if (failure != null) {
            Failure.rethrow(failure);
        }
        return result;
    }

    /** Waits for the end; false if it did not come in time. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
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

    @Override
    public void progress(Progress now) {
        boolean first = progress == null;
        progress = now;
        tell(() -> observer.progress(now));
        if (first) {
            job.begun(this);
        }
        job.progressed();
    }

    @Override
    public void notice(String line) {
        tell(() -> observer.notice(line));
        job.noticed(line);
    }

    @Override
    public void state(JobState state, String reason) {
        tell(() -> observer.state(state, reason));
        job.changed(this, state, reason);
    }

    @Override
    public boolean cancelled() {
        return cancelled || stopping || ask(observer::cancelled, false);
    }

    @Override
    public boolean paused() {
        return paused || ask(observer::paused, false);
    }

    @Override
    public int workers() {
        int own = workers;
        return own > 0 ? own : ask(observer::workers, 0);
    }

    @Override
    public String jobName() {
        return "job " + job.id();
    }

    private void tell(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "who watches " + jobName() + " failed", e);
        }
    }

    private <T> T ask(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "who watches " + jobName() + " failed", e);
            return otherwise;
        }
    }
}
