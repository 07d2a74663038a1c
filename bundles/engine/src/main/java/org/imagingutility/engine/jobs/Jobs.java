package org.imagingutility.engine.jobs;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;

/**
 * The jobs of one data folder, run by one imaging service. Nothing is read or written before the first call. Used by
 * several threads at once; closing it stops all jobs.
 */
public final class Jobs implements JobService, AutoCloseable {
    private static final Logger LOG = System.getLogger(Jobs.class.getPackageName());
    /** Jobs at their end that are kept. */
    static final int KEPT = 100;
    /** Jobs whose process ended before they did that are kept: they can be resumed. */
    static final int KEPT_INTERRUPTED = 1000;
    /** How long a job may take to stop when the engine does: a read that hangs must not keep the engine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** How long a job whose caller waits for it runs before it is listed: the many that are over sooner leave nothing behind. */
    static final Duration LISTED_AFTER = Duration.ofSeconds(1);

    private final ImagingService service;
    private final JobFolder folder;
    private final Listeners listeners;
    private final Duration listedAfter;
    private final Map<Long, ManagedJob<?>> here = new ConcurrentHashMap<>();
    private final Object starting = new Object();
    private volatile boolean closed;

    /**
     * Creates the service.
     *
     * @param service runs the jobs
     * @param data the data folder; made when the first job is submitted
     * @param listeners are told of all jobs
     */
    public Jobs(ImagingService service, Path data, Listeners listeners) {
        this(service, data, listeners, LISTED_AFTER);
    }

    Jobs(ImagingService service, Path data, Listeners listeners, Duration listedAfter) {
        this.service = service;
        this.folder = new JobFolder(data, this::answer);
        this.listeners = listeners;
        this.listedAfter = listedAfter;
    }

    /** Something that starts a job. */
    interface Start {
        void run() throws ImagingException;
    }

    ImagingService service() {
        return service;
    }

    Listeners listeners() {
        return listeners;
    }

    /** Starts a job, unless the engine stops. */
    void whileOpen(Start start) throws ImagingException {
        synchronized (starting) {
            if (closed) {
                throw new UsageException("the engine is being stopped", "submit the job when it is there again");
            }
            try {
                start.run();
            } catch (OutOfMemoryError e) {
                throw new MemoryException(e);
            }
        }
    }

    @Override
    public <R> Job<R> submit(JobRequest<R> request, JobMonitor observer) throws ImagingException {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(observer, "observer");
        List<ManagedJob<R>> started = new ArrayList<>(1);
        whileOpen(() -> {
            ManagedJob<R> job = new ManagedJob<>(this, folder, request, recordOf(request));
            here.put(job.id(), job);
            started.add(job);
            job.start(observer);
        });
        return started.get(0);
    }

    /** {@inheritDoc} It is listed, and can be controlled by other processes, when it has run for a second. */
    @Override
    public <R> R run(JobRequest<R> request, JobMonitor observer) throws ImagingException {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(observer, "observer");
        ForegroundJob<R> job = new ForegroundJob<>(request, observer, run -> listed(request, run));
        try {
            return job.run(service, listedAfter);
        } finally {
            if (job.isListed()) {
                release();
            }
        }
    }

    private <R> ManagedJob<R> listed(JobRequest<R> request, JobRun<R> run) throws ImagingException {
        ManagedJob<R> job = new ManagedJob<>(this, folder, request, recordOf(request));
        job.adopt(run);
        here.put(job.id(), job);
        return job;
    }

    private JobRecord recordOf(JobRequest<?> request) throws ImagingException {
        return folder.locked(holder -> {
            JobRecord fresh = JobRecord.submitted(holder.nextId(), request, holder.owner());
            folder.write(fresh);
            return fresh;
        });
    }

    /** Gives the lock and the socket back when nothing runs: a process that ends with its command does not close this. */
    private void release() {
        try {
            folder.locked(holder -> {
                if (here.values().stream().noneMatch(ManagedJob::isLive)) {
                    folder.close();
                }
                return null;
            });
        } catch (ImagingException e) {
            LOG.log(Level.DEBUG, "the lock of the jobs could not be given back", e);
        }
    }

    /** Answers another process. */
    private ControlReply answer(ControlRequest request) {
        ManagedJob<?> job = here.get(request.job());
        return job == null || !job.isLive()
                ? ControlReply.refused("job " + request.job() + " does not run any more", Optional.empty()) : job.answer(request);
    }

    @Override
    public List<JobStatus> jobs() {
        Map<Long, JobStatus> all = new TreeMap<>();
        for (JobRecord kept : folder.list()) {
            all.put(kept.id(), seen(kept));
        }
        here.forEach((id, job) -> {
            if (job.isLive() || all.containsKey(id)) {
                all.put(id, job.status());
            }
        });
        return List.copyOf(all.values());
    }

    @Override
    public Optional<Job<?>> job(String id) {
        if (!id.matches("[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(id);
        ManagedJob<?> known = here.get(number);
        if (known != null && (known.isLive() || folder.exists(number))) {
            return Optional.of(known);
        }
        return folder.read(number).map(kept -> here.computeIfAbsent(number, key -> managed(kept, kept.request())));
    }

    private <R> ManagedJob<R> managed(JobRecord kept, JobRequest<R> request) {
        return new ManagedJob<>(this, folder, request, kept);
    }

    @Override
    public void forget(String id) throws ImagingException {
        Job<?> job = job(id).orElseThrow(() -> new UsageException("there is no job " + id, null));
        ((ManagedJob<?>) job).forget();
        here.remove(Long.valueOf(id));
    }

    /** Returns how a job stands that is not known to this process but by what is kept of it. */
    JobStatus seen(JobRecord kept) {
        if (!kept.state().isLive()) {
            return kept.status(kept.progress(), 0);
        }
        return isElsewhere(kept) ? new RemoteJob(folder, kept).status() : interrupted(kept).status(kept.progress(), 0);
    }

    /** Says whether a job runs in another process. */
    boolean isElsewhere(JobRecord kept) {
        return kept.state().isLive() && !folder.isOurs(kept) && folder.lives(kept.owner());
    }

    /** Returns a job whose process is gone; when it went nobody knows. */
    static JobRecord interrupted(JobRecord kept) {
        return new JobRecord(kept.version(), kept.id(), kept.request(), JobState.INTERRUPTED, "its process ended",
                kept.begun(), kept.progress(), kept.submitted(), Optional.empty(), kept.folder(), kept.owner(), kept.process());
    }

    /** A job came to its end: the oldest that are at theirs are forgotten. */
    void over() {
        try {
            if (folder.ids().size() <= KEPT) {
                return;
            }
            folder.locked(holder -> {
                List<JobRecord> all = folder.list();
                forgetOldest(all.stream().filter(job -> isFinished(job.state())).toList(), KEPT);
                forgetOldest(all.stream().filter(job -> !isFinished(job.state()) && !(job.state().isLive()
                        && folder.lives(job.owner()))).toList(), KEPT_INTERRUPTED);
                return null;
            });
            here.entrySet().removeIf(entry -> !entry.getValue().isLive() && !folder.exists(entry.getKey()));
        } catch (ImagingException | IOException e) {
            LOG.log(Level.WARNING, "old jobs could not be forgotten: " + e);
        }
    }

    private void forgetOldest(List<JobRecord> jobs, int kept) throws IOException {
        List<JobRecord> byAge = new ArrayList<>(jobs);
        byAge.sort(Comparator.comparing(job -> job.ended().orElse(job.submitted())));
        for (JobRecord job : byAge.subList(0, Math.max(0, byAge.size() - kept))) {
            folder.delete(job.id());
        }
    }

    private static boolean isFinished(JobState state) {
        return state == JobState.DONE || state == JobState.FAILED || state == JobState.CANCELLED;
    }

    /** Stops all jobs at a frame border and waits until they have closed everything. They can be resumed. */
    @Override
    public void close() {
        synchronized (starting) {
            closed = true;
        }
        List<ManagedJob<?>> live = here.values().stream().filter(ManagedJob::isLive).toList();
        live.forEach(ManagedJob::stop);
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        for (ManagedJob<?> job : live) {
            for (boolean waiting = true; waiting;) {
                try {
                    if (!job.awaitEnd(end - System.nanoTime())) {
                        LOG.log(Level.ERROR, "job " + job.id() + " does not stop; it is left behind");
                    }
                    waiting = false;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            folder.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the lock of the jobs could not be given back: " + e);
        }
    }
}
