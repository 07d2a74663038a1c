package org.imagingutility.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.VerifyRequest;

/** Jobs that the test lets run, wait and end; their results are those of a {@link FakeService}. */
final class FakeJobs implements JobService {
    final FakeService service;
    final Map<String, FakeJob<?>> jobs = new TreeMap<>();
    /** Whether a job ends as soon as it is submitted. */
    volatile boolean endAtOnce = true;

    FakeJobs(FakeService service) {
        this.service = service;
    }

    @Override
    public synchronized <R> Job<R> submit(JobRequest<R> request, JobMonitor observer) {
        FakeJob<R> job = new FakeJob<>(Integer.toString(jobs.size() + 1), request, observer);
        jobs.put(job.id, job);
        if (endAtOnce) {
            job.end();
        }
        return job;
    }

    @Override
    public synchronized List<JobStatus> jobs() {
        return jobs.values().stream().<JobStatus>map(FakeJob::status).toList();
    }

    @Override
    public synchronized Optional<Job<?>> job(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public synchronized void forget(String id) throws UsageException {
        if (jobs.get(id).state.isLive()) {
            throw new UsageException("job " + id + " is live", null);
        }
        jobs.remove(id);
    }

    final class FakeJob<R> implements Job<R> {
        final String id;
        final JobRequest<R> request;
        final JobMonitor observer;
        volatile JobState state = JobState.RUNNING;
        volatile String reason = "";
        volatile int workers = 2;
        volatile int cancels;
        /** What control is answered; null if it does as it is told. */
        volatile UsageException refusal;
        volatile boolean obeys = true;
        /** Whether it runs in another process, which keeps the result to itself. */
        volatile boolean unknownHere;
        private R result;
        private ImagingException failure;

        FakeJob(String id, JobRequest<R> request, JobMonitor observer) {
            this.id = id;
            this.request = request;
            this.observer = observer;
        }

        /** Does the work in the thread of the caller, as a job's thread would. */
        void end() {
            try {
                result = run();
                state = JobState.DONE;
            } catch (ImagingException e) {
                failure = e;
                state = e instanceof CancelledException ? JobState.CANCELLED : JobState.FAILED;
                reason = e.getMessage();
            }
        }

        @SuppressWarnings("unchecked") // each request has the result of its method
        private R run() throws ImagingException {
            if (request instanceof VerifyRequest verify) {
                return (R) service.verify(verify, observer);
            }
            return (R) service.image((ImageRequest) request, observer);
        }

        @Override
        public JobStatus status() {
            return new JobStatus(id, request, state, reason, Optional.of(new Progress("Imaging", request.subject(), 25, 100, 1)),
                    state.isLive() ? workers : 0, Instant.EPOCH, state.isLive() ? Optional.empty() : Optional.of(Instant.EPOCH));
        }

        @Override
        public void pause() throws UsageException {
            control(JobState.PAUSED);
        }

        @Override
        public void resume() throws UsageException {
            control(JobState.RUNNING);
        }

        @Override
        public void requestCancel() throws UsageException {
            control(state);
            cancel();
        }

        private void control(JobState next) throws UsageException {
            if (refusal != null) {
                throw refusal;
            }
            state = obeys ? next : state;
        }

        @Override
        public void cancel() {
            cancels++;
            failure = new CancelledException("imaging");
            state = JobState.CANCELLED;
        }

        @Override
        public void workers(int count) throws UsageException {
            if (count < 1 || count > 256) {
                throw new UsageException("not " + count + " workers", null);
            }
            workers = count;
        }

        @Override
        public R await() throws ImagingException {
            if (unknownHere) {
                throw new UsageException("job " + id + " does not run in this process", null);
            }
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }
}
