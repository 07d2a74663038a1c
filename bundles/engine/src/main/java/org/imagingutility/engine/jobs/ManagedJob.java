package org.imagingutility.engine.jobs;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.engine.jobs.ControlRequest.Action;

/**
 * A job as its callers have it. While it is live in this process, or if it ended here, this object knows how it stands;
 * else what is kept on disk does.
 */
final class ManagedJob<R> implements Job<R> {
    private static final Logger LOG = System.getLogger(ManagedJob.class.getPackageName());

    private final Jobs jobs;
    private final JobFolder folder;
    private final long id;
    private final JobRequest<R> request;
    /** One call of control at a time. */
    private final Object control = new Object();
    /** One change of {@link #kept} at a time, each on disk before the next. */
    private final Object change = new Object();
    private volatile JobRecord kept;
    private volatile JobRun<R> run;

    ManagedJob(Jobs jobs, JobFolder folder, JobRequest<R> request, JobRecord kept) {
        this.jobs = jobs;
        this.folder = folder;
        this.id = kept.id();
        this.request = request;
        this.kept = kept;
    }

    long id() {
        return id;
    }

    boolean isLive() {
        JobRun<R> now = run;
        return now != null && !now.isOver();
    }

    /** Starts the first run. */
    void start(JobMonitor observer) {
        begin(kept, new JobRun<>(this, request, observer));
    }

    /** Takes a run that has started for its own. */
    void adopt(JobRun<R> begun) {
        take(kept, begun);
    }

    private void begin(JobRecord as, JobRun<R> next) {
        try {
            take(as, next);
            next.start(jobs.service());
        } catch (OutOfMemoryError e) {
            // it is submitted and kept on disk by now: it ends like one that finds no memory later
            next.cannotBegin(e);
        }
    }

    private void take(JobRecord as, JobRun<R> next) {
        synchronized (change) {
            kept = as;
            run = next;
        }
        jobs.listeners().stateChanged(status());
    }

    @Override
    public JobStatus status() {
        JobRun<R> now = run;
        JobRecord known = kept;
        if (now != null && (known.state().isLive() || folder.isOurs(folder.read(id).orElse(known)))) {
            return ours(now, known);
        }
        return folder.read(id).map(jobs::seen).orElseGet(() -> jobs.seen(known));
    }

    @Override
    public void pause() throws ImagingException {
        if (isDoneElsewhere(Action.PAUSE, 0)) {
            return;
        }
        synchronized (control) {
            live("paused").pause(true);
        }
    }

    @Override
    public void workers(int count) throws ImagingException {
        if (count < 1 || count > 256) {
            throw new UsageException("job " + id + " cannot have " + count + " workers", "choose from 1 to 256");
        }
        if (isDoneElsewhere(Action.WORKERS, count)) {
            return;
        }
        synchronized (control) {
            live("given other workers").workers(count);
        }
        jobs.listeners().progressed(status());
    }

    @Override
    public void cancel() {
        JobRun<R> now = run;
        if (now != null && !now.isOver()) {
            now.cancel();
            return;
        }
        try {
            isDoneElsewhere(Action.CANCEL, 0);
        } catch (ImagingException e) {
            LOG.log(Level.WARNING, e.getMessage());
        }
    }

    @Override
    public void requestCancel() throws ImagingException {
        if (isDoneElsewhere(Action.CANCEL, 0)) {
            return;
        }
        synchronized (control) {
            live("cancelled").cancel();
        }
    }

    @Override
    public void resume() throws ImagingException {
        if (isDoneElsewhere(Action.RESUME, 0)) {
            return;
        }
        synchronized (control) {
            if (isLive()) {
                if (!run.isPauseWanted()) {
                    throw new UsageException("job " + id + " runs already", null);
                }
                run.pause(false);
                return;
            }
            jobs.whileOpen(() -> {
                JobRecord[] before = new JobRecord[1];
                JobRecord again = folder.locked(holder -> {
                    before[0] = seenForControl();
                    if (before[0].state() == JobState.DONE) {
                        throw new UsageException("job " + id + " is done", null);
                    }
                    RelativeNames.check(before[0], RelativeNames.folderOfThisProcess());
                    JobRecord claimed = before[0].restarted(holder.owner());
                    folder.write(claimed);
                    return claimed;
                });
                JobRequest<R> renewed = JobKinds.restarted(request, before[0]);
                begin(again, new JobRun<>(this, renewed, JobMonitor.NONE));
                if (!JobKinds.resumes(renewed)) {
                    noticed("starting from the beginning");
                }
            });
        }
    }

    /** Returns how it stands, if it is neither forgotten nor live elsewhere. */
    private JobRecord seenForControl() throws UsageException {
        Optional<JobRecord> disk = folder.read(id);
        if (run != null && (disk.isEmpty() || folder.isOurs(disk.get()))) {
            return kept;
        }
        JobRecord found = disk.orElseThrow(() -> new UsageException("there is no job " + id + " any more", null));
        if (found.state().isLive() && folder.lives(found.owner())) {
            throw elsewhere(found);
        }
        return found.state().isLive() ? Jobs.interrupted(found) : found;
    }

    /** Forgets what is kept, if it is not live. */
    void forget() throws ImagingException {
        synchronized (control) {
            if (isLive()) {
                throw new UsageException("job " + id + " is not at its end", "cancel it first");
            }
            folder.locked(holder -> {
                seenForControl();
                folder.delete(id);
                return null;
            });
        }
    }

    private JobRun<R> live(String what) throws UsageException {
        if (isLive()) {
            return run;
        }
        throw new UsageException("job " + id + " is " + status().state().name().toLowerCase(java.util.Locale.ROOT)
                + " and cannot be " + what, null);
    }

    /** Returns it as the job of the other process that it runs in, if it does. */
    private Optional<RemoteJob> remote() {
        return isLive() ? Optional.empty() : folder.read(id).filter(jobs::isElsewhere).map(found -> new RemoteJob(folder, found));
    }

    /** Has the other process do it that the job runs in, and says whether there is one. */
    private boolean isDoneElsewhere(Action action, int count) throws ImagingException {
        Optional<RemoteJob> remote = remote();
        if (remote.isPresent()) {
            remote.get().ask(new ControlRequest(ControlRequest.VERSION, action, id, count));
        }
        return remote.isPresent();
    }

    /** Does what another process asks for, and answers. */
    ControlReply answer(ControlRequest request) {
        try {
            switch (request.action()) {
                case PAUSE -> pause();
                case RESUME -> resumeHere();
                case CANCEL -> live("cancelled").cancel();
                case WORKERS -> workers(request.workers());
                case STATUS -> { }
            }
            return ControlReply.of(status());
        } catch (ImagingException e) {
            return ControlReply.refused(e.getMessage(), e.remedy());
        }
    }

    /** Lets it continue; does not start it again, if it has just ended, in a process that nobody may look at. */
    private void resumeHere() throws ImagingException {
        synchronized (control) {
            live("resumed there");
            resume();
        }
    }

    private UsageException elsewhere(JobRecord found) {
        return new UsageException("job " + id + " runs in process " + found.process(), "control it there");
    }

    @Override
    public R await() throws ImagingException, InterruptedException {
        JobRun<R> now = run;
        if (now != null) {
            return now.await();
        }
        JobStatus status = status();
        throw new UsageException("job " + id + " does not run in this process: it is "
                + status.state().name().toLowerCase(java.util.Locale.ROOT), status.state() == JobState.DONE ? null
                        : "resume it first");
    }

    /** Stops it because the engine stops. */
    void stop() {
        JobRun<R> now = run;
        if (now != null) {
            now.stop();
        }
    }

    /** Waits for the end of the run there is; false if it did not come in time. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        JobRun<R> now = run;
        return now == null || now.awaitEnd(nanos);
    }

    /** The run is in another state now. */
    void changed(JobRun<R> by, JobState state, String reason) {
        synchronized (change) {
            if (by != run || !kept.state().isLive()) {
                return;
            }
            save(kept.in(state, reason, by.latest()));
            // told in the order of the changes
            jobs.listeners().stateChanged(ours(by, kept));
        }
    }

    private static JobStatus ours(JobRun<?> run, JobRecord kept) {
        return kept.status(run.latest().or(kept::progress), kept.state().isLive() ? run.workersNow() : 0);
    }

    /** The run has done a part of its work: from now on it may have left something. */
    void started(JobRun<R> by) {
        synchronized (change) {
            if (by == run && kept.state().isLive()) {
                save(kept.in(kept.state(), kept.reason(), by.latest()));
            }
        }
    }

    /** What is seen was written down before, so that a crash does not take it back. */
    private void save(JobRecord next) {
        try {
            folder.write(next);
        } catch (IOException | OutOfMemoryError e) {
            LOG.log(Level.WARNING, "job " + id + " is " + next.state() + ", which could not be written down: " + e);
        }
        kept = next;
    }

    void progressed() {
        jobs.listeners().progressed(status());
    }

    void noticed(String line) {
        LOG.log(Level.INFO, "job " + id + ": " + line);
        jobs.listeners().noticed(status(), line);
    }

    /** The run is over, which everybody can see. */
    void over() {
        jobs.over();
    }
}
