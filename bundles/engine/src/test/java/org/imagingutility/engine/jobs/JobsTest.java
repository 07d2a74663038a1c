package org.imagingutility.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobListener;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class JobsTest {
    private static final RestoreRequest RESTORE = new RestoreRequest("i", "t", false, false, false,
            PipelineOptions.DEFAULT);

    @TempDir
    Path data;
    private final ScriptedEngine engine = new ScriptedEngine();
    private final Listeners listeners = new Listeners();
    private Jobs jobs;

    @BeforeEach
    void open() {
        jobs = new Jobs(engine, data, listeners);
    }

    @AfterEach
    void close() {
        jobs.close();
    }

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
    void whenTheEngineStopsItsJobsAreInterruptedAndTheNextOneGoesOn() throws Exception {
        engine.does(monitor -> {
            monitor.progress(new Progress("Imaging", "d", 1, 2, 0));
            ScriptedEngine.untilCancelled(monitor);
        });
        Job<?> job = jobs.submit(ImageRequest.of("d", "t"), JobMonitor.NONE);
        until(() -> job.status().progress().isPresent());
        jobs.close();
        assertThat(job.status().state()).isEqualTo(JobState.INTERRUPTED);
        assertThat(job.status().reason()).isEqualTo("the engine was stopped");
        assertThatThrownBy(() -> jobs.submit(RESTORE, JobMonitor.NONE)).isInstanceOf(UsageException.class);
        open();
        JobStatus status = jobs.jobs().get(0);
        assertThat(status.state()).isEqualTo(JobState.INTERRUPTED);
        assertThat(status.request()).isEqualTo(ImageRequest.of("d", "t"));
        assertThat(status.progress()).map(Progress::doneBytes).hasValue(1L);
        Job<?> again = jobs.job("1").orElseThrow();
        assertThatThrownBy(again::await).isInstanceOf(UsageException.class).hasMessageContaining("interrupted");
        engine.does(monitor -> { });
        again.resume();
        assertThatThrownBy(again::await).isInstanceOf(CancelledException.class);
        engine.requests.take();
        assertThat(engine.requests.take()).isInstanceOfSatisfying(ImageRequest.class,
                request -> assertThat(request.output().resume()).hasValue(ResumeCheck.QUICK));
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
    void aJobThatCannotGoOnSaysThatItStartsFromTheBeginning() throws Exception {
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

    @Test
    void numbersGoUpAndAreNotGivenTwice() throws Exception {
        jobs.submit(RESTORE, JobMonitor.NONE).await();
        jobs.submit(RESTORE, JobMonitor.NONE).await();
        jobs.forget("2");
        assertThat(jobs.job("2")).isEmpty();
        assertThat(jobs.submit(RESTORE, JobMonitor.NONE).status().id()).isEqualTo("3");
        assertThat(jobs.jobs()).extracting(JobStatus::id).containsExactly("1", "3");
        assertThatThrownBy(() -> jobs.forget("2")).isInstanceOf(UsageException.class);
        assertThat(jobs.job("../1")).isEmpty();
        assertThat(jobs.job("01")).isEmpty();
    }

    @Test
    void ofJobsAtTheirEndTheLastHundredAreKept() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        Job<?> live = jobs.submit(RESTORE, JobMonitor.NONE);
        engine.requests.take();
        engine.does(monitor -> { });
        for (int i = 0; i < Jobs.KEPT + 5; i++) {
            jobs.submit(RESTORE, JobMonitor.NONE).await();
        }
        until(() -> jobs.jobs().size() == Jobs.KEPT + 1);
        assertThat(jobs.jobs().get(0)).isEqualTo(live.status());
        assertThat(jobs.jobs().get(1).id()).isEqualTo("7");
    }

    @Test
    void damagedAndForeignFilesAreLeftAloneAndTheirNumbersToo() throws Exception {
        jobs.submit(RESTORE, JobMonitor.NONE).await();
        Path folder = data.resolve("jobs");
        Files.writeString(folder.resolve("2.json"), "not JSON");
        Files.writeString(folder.resolve("3.json"), onDisk(1));
        Files.createDirectory(folder.resolve("5.json"));
        Files.writeString(folder.resolve("notes.json"), "{}");
        Files.writeString(folder.resolve("lock"), "no number");
        assertThat(jobs.jobs()).extracting(JobStatus::id).containsExactly("1");
        assertThat(jobs.job("2")).isEmpty();
        Job<?> next = jobs.submit(RESTORE, JobMonitor.NONE);
        next.await();
        assertThat(next.status().id()).isEqualTo("6");
        assertThat(Files.readString(folder.resolve("2.json"))).isEqualTo("not JSON");
        assertThat(folder.resolve("notes.json")).exists();
    }

    @Test
    void aJobOfAnotherLiveServiceIsListedAndControlledThere() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        Job<?> mine = jobs.submit(RESTORE, JobMonitor.NONE);
        try (Jobs other = new Jobs(engine, data, new Listeners())) {
            JobStatus status = other.jobs().get(0);
            assertThat(status.state()).isEqualTo(JobState.RUNNING);
            assertThat(status.reason()).contains("in process " + ProcessHandle.current().pid());
            Job<?> theirs = other.job("1").orElseThrow();
            assertThatThrownBy(theirs::pause).isInstanceOf(UsageException.class).hasMessageContaining("process");
            assertThatThrownBy(theirs::resume).isInstanceOf(UsageException.class).hasMessageContaining("process");
            assertThatThrownBy(() -> other.forget("1")).isInstanceOf(UsageException.class).hasMessageContaining("process");
            theirs.cancel();
            assertThat(mine.status().state()).isEqualTo(JobState.RUNNING);
            assertThat(other.submit(RESTORE, JobMonitor.NONE).status().id()).isEqualTo("2");
        }
    }

    @Test
    void aJobWhoseOwnerIsGoneIsInterruptedAndOneOfTwoTakesIt() throws Exception {
        engine.does(monitor -> { });
        jobs.submit(RESTORE, JobMonitor.NONE).await();
        Path file = data.resolve("jobs/1.json");
        Files.writeString(file, onDisk(1).replace("DONE", "RUNNING")
                .replaceFirst("\"owner\" : \"[^\"]*\"", "\"owner\" : \"00000000-0000-0000-0000-000000000000\""));
        try (Jobs other = new Jobs(engine, data, new Listeners())) {
            assertThat(other.jobs().get(0).state()).isEqualTo(JobState.INTERRUPTED);
            engine.does(ScriptedEngine::untilCancelled);
            Job<?> taken = other.job("1").orElseThrow();
            taken.resume();
            assertThatThrownBy(() -> jobs.job("1").orElseThrow().resume()).isInstanceOf(UsageException.class)
                    .hasMessageContaining("runs in process");
        }
        assertThat(jobs.jobs().get(0).state()).isEqualTo(JobState.INTERRUPTED);
    }

    @Test
    void aJobThatNamesAFileOfAnotherWorkingFolderIsNotResumedHere() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        Job<?> job = jobs.submit(RESTORE, JobMonitor.NONE);
        job.cancel();
        assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
        jobs.close();
        Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
        Files.writeString(data.resolve("jobs/1.json"), onDisk(1).replaceFirst("\"folder\" : \"[^\"]*\"",
                "\"folder\" : \"" + elsewhere.toString().replace("\\", "\\\\\\\\") + "\""));
        open();
        Job<?> again = jobs.job("1").orElseThrow();
        Path named = Files.writeString(elsewhere.resolve("i"), "");
        assertThatThrownBy(again::resume).isInstanceOf(UsageException.class)
                .hasMessageContainingAll(elsewhere.toString(), "\"i\"");
        assertThat(again.status().state()).isEqualTo(JobState.CANCELLED);
        Files.delete(named);
        engine.does(monitor -> { });
        again.resume();
        again.await();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithWhatToDo() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");
        try (Jobs elsewhere = new Jobs(engine, file, listeners)) {
            assertThat(elsewhere.jobs()).isEmpty();
            assertThatThrownBy(() -> elsewhere.submit(RESTORE, JobMonitor.NONE)).isInstanceOfSatisfying(
                    TargetException.class, e -> {
                        assertThat(e).hasMessageContaining(file.resolve("jobs").toString());
                        assertThat(e.remedy().orElseThrow()).contains("imaging.data", "IMAGINGUTILITY_DATA");
                    });
        }
    }

    @Test
    void jobsSubmittedByManyThreadsAllHaveTheirOwnNumber() throws Exception {
        try (Jobs other = new Jobs(engine, data, new Listeners())) {
            Queue<String> ids = new ConcurrentLinkedQueue<>();
            Thread[] threads = new Thread[8];
            for (int i = 0; i < threads.length; i++) {
                Jobs mine = i % 2 == 0 ? jobs : other;
                threads[i] = new Thread(() -> {
                    for (int n = 0; n < 5; n++) {
                        ids.add(submitted(mine, RESTORE));
                    }
                });
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(ids).hasSize(40).doesNotHaveDuplicates();
        }
    }

    private static String submitted(Jobs jobs, JobRequest<?> request) {
        try {
            return jobs.submit(request, JobMonitor.NONE).status().id();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private String onDisk(int id) throws IOException {
        return Files.readString(data.resolve("jobs/" + id + ".json"));
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            ScriptedEngine.nap();
        }
    }
}
