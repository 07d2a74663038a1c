package org.imagingutility.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.ImageVolumesResult.Volume;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobListener;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.RestoreResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that run: their states, what is asked of them, who is told. */
@Timeout(120)
class JobsTest extends JobsTrial {
    @Test
    void aJobRunsInAThreadNamedAfterItAndIsDone() throws Exception {
        Queue<String> names = new ConcurrentLinkedQueue<>();
        engine.does(monitor -> names.addAll(List.of(Thread.currentThread().getName(), monitor.jobName())));
        Job<RestoreResult> job = jobs.submit(RESTORE, JobMonitor.NONE);
        job.await();
        assertThat(names).containsExactly("job-1", "job 1");
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(job.status().ended()).isPresent();
        assertThat(job.status().workers()).isZero();
        assertThat(jobs.jobs()).containsExactly(job.status());
        assertThatThrownBy(job::resume).isInstanceOf(UsageException.class).hasMessageContaining("done");
        assertThatThrownBy(job::pause).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> job.workers(2)).isInstanceOf(UsageException.class);
        job.cancel();
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void aCancelledJobEndsAsSuchAndCanBeStartedAgain() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        Job<RestoreResult> job = jobs.submit(RESTORE, JobMonitor.NONE);
        assertThatThrownBy(job::resume).isInstanceOf(UsageException.class).hasMessageContaining("runs already");
        assertThatThrownBy(() -> jobs.forget("1")).isInstanceOf(UsageException.class);
        job.cancel();
        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
        assertThat(job.status().state()).isEqualTo(JobState.CANCELLED);
        engine.does(monitor -> { });
        job.resume();
        job.await();
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void theMonitorAnswersWhatWasAskedOfTheJob() throws Exception {
        engine.does(monitor -> {
            until(monitor::paused);
            monitor.state(JobState.PAUSED, "");
            until(() -> !monitor.paused());
            monitor.state(JobState.RUNNING, "");
            until(() -> monitor.workers() == 5);
            ScriptedEngine.untilCancelled(monitor);
        });
        Job<RestoreResult> job = jobs.submit(RESTORE, JobMonitor.NONE);
        assertThat(job.status().workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        job.pause();
        until(() -> job.status().state() == JobState.PAUSED);
        assertThat(onDisk(1)).contains("PAUSED");
        job.resume();
        until(() -> job.status().state() == JobState.RUNNING);
        assertThatThrownBy(() -> job.workers(0)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> job.workers(257)).isInstanceOf(UsageException.class);
        job.workers(5);
        assertThat(job.status().workers()).isEqualTo(5);
        job.cancel();
        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
    }

    @Test
    void theReasonOfAStateIsShownWhileItLasts() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        engine.does(monitor -> {
            monitor.state(JobState.WAITING, "codec zstd");
            until(() -> back.getCount() == 0);
            monitor.state(JobState.RUNNING, "");
            ScriptedEngine.untilCancelled(monitor);
        });
        Job<RestoreResult> job = jobs.submit(RESTORE, JobMonitor.NONE);
        until(() -> job.status().state() == JobState.WAITING);
        assertThat(job.status().reason()).isEqualTo("codec zstd");
        back.countDown();
        until(() -> job.status().state() == JobState.RUNNING);
        assertThat(job.status().reason()).isEmpty();
    }

    @Test
    void aFailureIsTheReasonAndIsThrownToWhoWaits() throws Exception {
        engine.does(monitor -> {
            throw new DeviceException("/dev/x", 512, "cannot be read", null, null);
        });
        Job<RestoreResult> job = jobs.submit(RESTORE, JobMonitor.NONE);
        assertThatThrownBy(job::await).isInstanceOf(DeviceException.class);
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().reason()).contains("/dev/x", "512", "cannot be read");
        engine.does(monitor -> {
            throw new IllegalStateException("never");
        });
        job.resume();
        assertThatThrownBy(job::await).isInstanceOf(IllegalStateException.class);
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().reason()).contains("internal error", "never");
    }

    @Test
    void aJobOfSeveralVolumesThatLacksOneHasFailedAndResumes() throws Exception {
        ImageVolumesRequest request = new ImageVolumesRequest(List.of("C:", "D:"), "f", false, ImageRequest.Output.DEFAULT, ImageRequest.Source.DEFAULT,
                ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT, List.of());
        engine.volumes = new ImageVolumesResult(List.of(Volume.of("D:", new DeviceException("D:", -1, "went away", null, null))));
        engine.does(monitor -> monitor.progress(new Progress("Imaging", "C:", 1, 2, 0, 1)));
        Job<ImageVolumesResult> job = jobs.submit(request, JobMonitor.NONE);
        assertThat(job.await().failed()).hasSize(1);
        until(() -> !job.status().state().isLive());
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().reason()).isEqualTo("no image of \"D:\"");
        engine.volumes = new ImageVolumesResult(List.of());
        job.resume();
        assertThat(job.await().isComplete()).isTrue();
        until(() -> job.status().state() == JobState.DONE);
        engine.requests.take();
        assertThat(((ImageVolumesRequest) engine.requests.take()).output().resume()).isPresent();
    }

    @Test
    void anImageThatWasToReplaceAnotherAndWasNotBegunIsNotTakenForThatOther() throws Exception {
        ImageRequest overwriting = new ImageRequest("d", "t", new ImageRequest.Output(true, false, false,
                java.util.Optional.empty(), java.time.Duration.ZERO), ImageRequest.Source.DEFAULT,
                ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT, List.of());
        engine.does(ScriptedEngine::untilCancelled);
        Job<?> job = jobs.submit(overwriting, JobMonitor.NONE);
        job.cancel();
        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
        job.resume();
        job.cancel();
        engine.requests.take();
        assertThat(engine.requests.take()).isEqualTo(overwriting);
    }

    @Test
    void aJobThatCannotContinueSaysThatItStartsFromTheBeginning() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        listeners.add(new JobListener() {
            @Override
            public void stateChanged(JobStatus job) {
            }

            @Override
            public void noticed(JobStatus job, String line) {
                lines.add(line);
            }
        });
        engine.does(ScriptedEngine::untilCancelled);
        Job<?> job = jobs.submit(RESTORE, JobMonitor.NONE);
        job.cancel();
        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
        engine.does(monitor -> { });
        job.resume();
        job.await();
        until(() -> !lines.isEmpty());
        assertThat(lines).containsExactly("starting from the beginning");
    }

    @Test
    void aListenerThatThrowsOrHangsHarmsNoJobAndHidesNothingFromOthers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Queue<JobState> states = new ConcurrentLinkedQueue<>();
        listeners.add(job -> {
            throw new IllegalStateException("a listener of this test that throws");
        });
        JobListener hanging = job -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        listeners.add(hanging);
        listeners.add(job -> states.add(job.state()));
        try {
            engine.does(monitor -> {
                for (int i = 0; i < 5000; i++) {
                    monitor.progress(new Progress("Testing", "t", i, 5000, i));
                    monitor.notice("line " + i);
                }
            });
            jobs.submit(RESTORE, JobMonitor.NONE).await();
            until(() -> states.contains(JobState.DONE));
            assertThat(states).containsExactly(JobState.RUNNING, JobState.DONE);
        } finally {
            never.countDown();
            listeners.remove(hanging);
        }
    }

    @Test
    void anObserverThatThrowsHarmsNoJob() throws Exception {
        engine.does(monitor -> {
            monitor.notice("a line");
            monitor.progress(new Progress("Testing", "t", 1, 2, 3));
            assertThat(monitor.cancelled() || monitor.paused() || monitor.workers() != 0).isFalse();
        });
        Job<?> job = jobs.submit(RESTORE, new JobMonitor() {
            @Override
            public void notice(String line) {
                throw new IllegalStateException("an observer of this test that throws");
            }

            @Override
            public boolean cancelled() {
                throw new IllegalStateException("an observer of this test that throws");
            }
        });
        job.await();
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }
}
