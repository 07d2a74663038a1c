package org.imagingutility.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that are kept: their numbers and files, in one process after another and in several at once. */
@Timeout(120)
class KeptJobsTest extends JobsTrial {
    @Test
    void whenTheEngineStopsItsJobsAreInterruptedAndTheNextOneContinues() throws Exception {
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
    void aJobWhoseOwnerIsGoneIsInterruptedAndOneOfTwoTakesIt() throws Exception {
        requireLocalSockets(); // the second asks the first by one
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
                    .hasMessageContaining("runs already");
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
}
