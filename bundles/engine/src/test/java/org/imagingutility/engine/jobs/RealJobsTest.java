package org.imagingutility.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.engine.TestEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job service with the engine and plug-ins of this project. */
@Timeout(120)
class RealJobsTest {
    private static final int LENGTH = 16 << 20;
    private static final int FRAME = 128 << 10;

    @TempDir
    Path folder;
    private final TestEngine engine = new TestEngine();
    private Path device;

    @BeforeEach
    void makeDevice() throws Exception {
        byte[] content = new byte[LENGTH];
        new Random(1).nextBytes(content);
        device = Files.write(folder.resolve("device.raw"), content);
    }

    @Test
    void aPausedJobReadsAndWritesNothingAndContinuesWithTheWorkersAskedForMeanwhile() throws Exception {
        try (Jobs jobs = jobs()) {
            Path image = folder.resolve("paused.skzimg");
            long begun = System.nanoTime();
            Slow slow = new Slow();
            Job<ImageResult> job = jobs.submit(request(image), slow);
            JobsTrial.until(() -> done(job) > 0);
            job.pause();
            JobsTrial.until(() -> job.status().state() == JobState.PAUSED);
            long done = done(job);
            long length = Files.size(partial(image));
            long paused = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(1000);
            assertThat(done(job)).isEqualTo(done).isLessThan(LENGTH);
            assertThat(Files.size(partial(image))).isEqualTo(length);
            job.workers(7);
            paused = System.nanoTime() - paused;
            job.resume();
            JobsTrial.until(() -> job.status().state() == JobState.RUNNING && done(job) > done);
            long counted = job.status().progress().orElseThrow().elapsedNanos();
            assertThat(counted).as("time of the job without the pause").isLessThanOrEqualTo(System.nanoTime() - begun - paused);
            assertThat(job.status().workers()).isEqualTo(7);
            slow.over = true;
            assertThat(job.await().image().digests().content()).isEqualTo(undisturbed().content());
        }
    }

    @Test
    void aJobIsCancelledWhileItIsPausedAndResumesToTheSameImage() throws Exception {
        try (Jobs jobs = jobs()) {
            Slow slow = new Slow();
            Job<ImageResult> job = jobs.submit(request(folder.resolve("cancelled.skzimg")), slow);
            JobsTrial.until(() -> done(job) > LENGTH / 4);
            job.pause();
            JobsTrial.until(() -> job.status().state() == JobState.PAUSED);
            job.cancel();
            assertThatThrownBy(job::await).isInstanceOf(CancelledException.class);
            assertThat(job.status().state()).isEqualTo(JobState.CANCELLED);
            slow.over = true;
            job.resume();
            ImageResult result = job.await();
            assertThat(result.resumed()).isPresent();
            assertThat(result.image().digests().content()).isEqualTo(undisturbed().content());
        }
    }

    @Test
    void jobsThatAreStoppedWithTheEngineContinueInTheNextOne() throws Exception {
        List<Path> images = new ArrayList<>();
        Jobs jobs = jobs();
        for (int i = 0; i < 3; i++) {
            images.add(folder.resolve("stopped" + i + ".skzimg"));
            Job<ImageResult> job = jobs.submit(request(images.get(i)), new Slow());
            JobsTrial.until(() -> done(job) > 0);
        }
        jobs.close();
        assertThatThrownBy(() -> jobs.job("2").orElseThrow().await()).isInstanceOf(CancelledException.class);
        assertThat(jobs.jobs()).extracting(JobStatus::state).containsOnly(JobState.INTERRUPTED);
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .noneMatch(name -> name.matches("job-\\d.*") || name.startsWith("imaging-"));
        try (Jobs next = jobs()) {
            assertThat(next.jobs()).extracting(JobStatus::state).containsOnly(JobState.INTERRUPTED);
            for (JobStatus job : next.jobs()) {
                next.job(job.id()).orElseThrow().resume();
            }
            for (JobStatus job : next.jobs()) {
                ImageResult result = (ImageResult) next.job(job.id()).orElseThrow().await();
                assertThat(result.resumed()).isPresent();
                assertThat(result.image().digests().content()).isEqualTo(undisturbed().content());
            }
            Job<VerifyResult> verify = next.submit(TestEngine.verify(images.get(0)), JobMonitor.NONE);
            assertThat(verify.await().intact()).isTrue();
            assertThat(verify.status().reason()).isEmpty();
        }
    }

    @Test
    void whatVerifyingFoundIsTheReasonOfAJobThatIsDone() throws Exception {
        Path image = folder.resolve("damaged.skzimg");
        engine.image(request(image), JobMonitor.NONE);
        byte[] bytes = Files.readAllBytes(image);
        bytes[bytes.length / 2] ^= 1;
        Files.write(image, bytes);
        try (Jobs jobs = jobs()) {
            Job<VerifyResult> job = jobs.submit(TestEngine.verify(image), JobMonitor.NONE);
            assertThat(job.await().intact()).isFalse();
            assertThat(job.status().state()).isEqualTo(JobState.DONE);
            assertThat(job.status().reason()).contains("damaged in 1 place");
        }
    }

    /** Has a job take its time once a third of it is done, so that it is under way long enough on any machine. */
    private static final class Slow implements JobMonitor {
        private static final int FRAMES = LENGTH / 3 / FRAME;
        private int asked;
        private volatile boolean over;

        @Override
        public boolean cancelled() {
            if (++asked > FRAMES && !over) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
            return false;
        }
    }

    private Jobs jobs() {
        return new Jobs(engine, folder.resolve("data"), new Listeners());
    }

    private ImageDigests undisturbed() throws Exception {
        Path image = folder.resolve("undisturbed.skzimg");
        Files.deleteIfExists(image);
        return engine.image(request(image), JobMonitor.NONE).image().digests();
    }

    private static long done(Job<?> job) {
        return job.status().progress().map(Progress::doneBytes).orElse(0L);
    }

    private static Path partial(Path image) {
        return image.resolveSibling(image.getFileName() + ".partial");
    }

    private ImageRequest request(Path image) {
        return new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(1L << 20)), PipelineOptions.DEFAULT, List.of());
    }
}
