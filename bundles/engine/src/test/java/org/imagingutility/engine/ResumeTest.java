package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    private static final int FRAME = 64 << 10;
    private static final int LENGTH = 10 * (1 << 20) + 1234;
    private static final int HEADER = 4096;

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    private Path device;
    private Path image;
    private Path partial;

    @BeforeEach
    void makeDevice() throws Exception {
        byte[] content = new byte[LENGTH];
        new Random(11).nextBytes(content);
        // compressible parts and zeros, so that frames have many lengths
        for (int at = 0; at + FRAME < LENGTH; at += 3 * FRAME) {
            Arrays.fill(content, at, at + FRAME / 2, (byte) (at / FRAME));
        }
        Arrays.fill(content, 3 << 20, (3 << 20) + 5 * FRAME, (byte) 0);
        device = Files.write(folder.resolve("device.raw"), content);
        image = folder.resolve("disk.skzimg");
        partial = folder.resolve("disk.skzimg.partial");
    }

    @Test
    void anImageCutOffAnywhereAndResumedHasTheDigestOfAWholeOne() throws Exception {
        ImageResult whole = run(fresh(), watching());
        byte[] bytes = Files.readAllBytes(image);
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            // what is shorter may hold nothing yet: StoppedBeginTest
            int length = HEADER + random.nextInt(bytes.length - HEADER);
            Files.delete(image);
            Files.write(partial, Arrays.copyOf(bytes, length));
            ImageResult resumed = run(resume(ResumeCheck.QUICK), watching());
            assertThat(resumed.image().digests()).as("cut at %d, seed %d", length, seed)
                    .isEqualTo(whole.image().digests());
            assertThat(resumed.linearHashes()).isEqualTo(whole.linearHashes());
            assertThat(resumed.resumed()).isPresent();
            assertThat(partial).doesNotExist();
        }
    }

    @Test
    void aCancelledJobLeavesWhatItHasAndIsGoneOnWith() throws Exception {
        assertThatThrownBy(() -> run(fresh(), cancelInTheMidst())).isInstanceOf(CancelledException.class);
        assertThat(image).doesNotExist();
        assertThat(partial).exists();
        assertThat(notices).anyMatch(line -> line.contains("--resume"));
        ImageResult resumed = run(resume(ResumeCheck.QUICK), watching());
        assertThat(resumed.resumed()).hasValueSatisfying(kept -> {
            assertThat(kept.keptFrames()).isGreaterThan(10);
            assertThat(kept.checkedFrames()).isPositive();
            assertThat(kept.comparedBytes()).isPositive();
        });
        assertThat(resumed.bytesRead() - resumed.resumed().orElseThrow().comparedBytes()).isLessThan(LENGTH - 10 * FRAME);
        assertThat(engine.verify(TestEngine.verify(image), JobMonitor.NONE).intact()).isTrue();
        Path other = folder.resolve("other.skzimg");
        ImageResult whole = run(to(other), watching());
        assertThat(resumed.image().digests().content()).isEqualTo(whole.image().digests().content());
        assertThat(resumed.linearHashes()).isEqualTo(whole.linearHashes());
    }

    @Test
    void theProgressOfAResumeCountsTheJobWhileItIsChecked() throws Exception {
        assertThatThrownBy(() -> run(fresh(), cancelInTheMidst())).isInstanceOf(CancelledException.class);
        List<Progress> told = new ArrayList<>();
        ImageResult resumed = run(resume(ResumeCheck.FULL), new JobMonitor() {
            @Override
            public void progress(Progress progress) {
                told.add(progress);
            }
        });
        List<Progress> checks = told.stream().filter(progress -> progress.activity().startsWith("Checking (")).toList();
        assertThat(checks).isNotEmpty().last().extracting(Progress::activity).isEqualTo("Checking (100%)");
        Progress imaging = told.stream().filter(progress -> progress.activity().equals("Imaging")).findFirst().orElseThrow();
        for (Progress check : checks) {
            assertThat(check.totalBytes()).isEqualTo(imaging.totalBytes()).isEqualTo(LENGTH);
            assertThat(check.doneBytes()).as("what is kept is done, and nothing new").isEqualTo(check.earlierBytes())
                    .isEqualTo(imaging.earlierBytes()).isPositive().isLessThan(LENGTH);
        }
        assertThat(resumed.resumed()).isPresent();
    }

    @Test
    void interruptedAgainAndAgainItEndsWithTheSameContent() throws Exception {
        ImageResult whole = run(to(folder.resolve("whole.skzimg")), watching());
        int runs = 0;
        ImageResult last = null;
        while (last == null) {
            try {
                last = run(runs == 0 ? fresh() : resume(ResumeCheck.QUICK),
                        // looking at what is there asks as well
                        cancelAfter(40 * (runs + 1)));
            } catch (CancelledException e) {
                runs++;
            }
            assertThat(runs).isLessThan(100);
        }
        assertThat(runs).isPositive();
        assertThat(last.image().digests().content()).isEqualTo(whole.image().digests().content());
    }

    @Test
    void chunkSizeLevelAndWorkersMayChange() throws Exception {
        ImageResult whole = run(to(folder.resolve("whole.skzimg")), watching());
        interrupt();
        ImageRequest other = new ImageRequest(device.toString(), image.toString(), output(false, ResumeCheck.QUICK),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new Layout("skz", Optional.empty(), OptionalInt.of(9), OptionalInt.empty(), OptionalLong.of(4 << 20)),
                new PipelineOptions(1, 0, true), List.of());
        ImageResult resumed = run(other, watching());
        assertThat(resumed.image().digests().content()).isEqualTo(whole.image().digests().content());
        assertThat(engine.verify(TestEngine.verify(image), JobMonitor.NONE).intact()).isTrue();
        Path restored = folder.resolve("restored.raw");
        engine.restore(TestEngine.restore(image, restored), JobMonitor.NONE);
        assertThat(restored).hasSameBinaryContentAs(device);
    }

    @Test
    void frameSizeAndExtentOfTheImageMayNotChange() throws Exception {
        interrupt();
        byte[] before = Files.readAllBytes(partial);
        assertThatThrownBy(() -> run(layout(FRAME * 2), watching())).isInstanceOf(UsageException.class)
                .hasMessageContaining("frames of " + FRAME);
        ImageRequest shorter = new ImageRequest(device.toString(), image.toString(), output(false, ResumeCheck.QUICK),
                new ImageRequest.Source(true, true, 0, 1 << 20), ImageRequest.ReadErrors.DEFAULT, Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of());
        assertThatThrownBy(() -> run(shorter, watching())).isInstanceOf(UsageException.class)
                .hasMessageContaining("first " + LENGTH);
        assertThat(partial).hasBinaryContent(before);
    }

    @Test
    void anotherDeviceIsRefusedAndTheUnfinishedImageIsLeftAlone() throws Exception {
        interrupt();
        byte[] before = Files.readAllBytes(partial);
        byte[] content = new byte[LENGTH];
        new Random(12).nextBytes(content);
        Files.write(device, content);
        assertThatThrownBy(() -> run(resume(ResumeCheck.QUICK), watching())).isInstanceOf(DeviceException.class);
        assertThatThrownBy(() -> run(resume(ResumeCheck.FULL), watching())).isInstanceOf(DeviceException.class);
        Files.write(device, new byte[LENGTH + 512]);
        assertThatThrownBy(() -> run(resume(ResumeCheck.NONE), watching())).isInstanceOf(DeviceException.class)
                .hasMessageContaining(String.valueOf(LENGTH + 512));
        assertThat(partial).hasBinaryContent(before);
    }

    @Test
    void aDeviceThatChangedIsComparedInFullAndGoneOnWithFromTheFirstDifference() throws Exception {
        interrupt();
        try (RandomAccessFile raw = new RandomAccessFile(device.toFile(), "rw")) {
            raw.seek(FRAME + 100);
            raw.write(new byte[] {1, 2, 3});
        }
        ImageResult resumed = run(resume(ResumeCheck.FULL), watching());
        assertThat(resumed.resumed()).hasValueSatisfying(kept -> assertThat(kept.keptFrames()).isEqualTo(1));
        ImageResult whole = run(to(folder.resolve("whole.skzimg")), watching());
        assertThat(resumed.image().digests().content()).isEqualTo(whole.image().digests().content());
    }

    @Test
    void aCompleteImageIsLeftAsItIs() throws Exception {
        run(fresh(), watching());
        byte[] before = Files.readAllBytes(image);
        ImageResult again = run(resume(ResumeCheck.QUICK), watching());
        assertThat(again.alreadyComplete()).isTrue();
        assertThat(image).hasBinaryContent(before);
        Files.write(device, new byte[LENGTH + 1]);
        assertThatThrownBy(() -> run(resume(ResumeCheck.QUICK), watching())).isInstanceOf(DeviceException.class)
                .hasMessageContaining("complete image of");
    }

    @Test
    void whereNothingIsToBeResumedANewImageIsBegunAndThatIsSaid() throws Exception {
        ImageResult result = run(resume(ResumeCheck.QUICK), watching());
        assertThat(result.resumed()).isEmpty();
        assertThat(notices).anyMatch(line -> line.contains("beginning a new one"));
    }

    @Test
    void whatIsNoImageIsNotResumed() throws Exception {
        Files.write(partial, "something else that is quite long enough to be looked at".repeat(10).getBytes());
        assertThatThrownBy(() -> run(resume(ResumeCheck.QUICK), watching())).isInstanceOf(ImageFormatException.class);
        assertThat(partial).exists();
    }

    @Test
    void anUnfinishedImageIsNotReplacedUnasked() throws Exception {
        interrupt();
        assertThatThrownBy(() -> run(fresh(), watching())).isInstanceOf(TargetException.class)
                .hasMessageContaining("unfinished");
        run(new ImageRequest(device.toString(), image.toString(), output(true, null),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT, Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of()), watching());
        assertThat(partial).doesNotExist();
    }

    @Test
    void anUnfinishedImageUnderTheNameItselfIsGoneOnWithThere() throws Exception {
        ImageResult whole = run(fresh(), watching());
        byte[] bytes = Files.readAllBytes(image);
        Files.write(image, Arrays.copyOf(bytes, bytes.length / 2));
        ImageResult resumed = run(resume(ResumeCheck.QUICK), watching());
        assertThat(resumed.image().digests()).isEqualTo(whole.image().digests());
    }

    @Test
    void aStoredFrameThatWasDamagedIsMadeAgain() throws Exception {
        ImageResult whole = run(fresh(), watching());
        byte[] bytes = Files.readAllBytes(image);
        Files.delete(image);
        for (int at : new int[] {bytes.length / 4, bytes.length / 2, bytes.length * 5 / 8}) {
            byte[] damaged = Arrays.copyOf(bytes, bytes.length * 3 / 4);
            damaged[at] ^= 0x20;
            Files.write(partial, damaged);
            ImageResult resumed = run(resume(ResumeCheck.FULL), watching());
            assertThat(resumed.image().digests()).as("damage at %d", at).isEqualTo(whole.image().digests());
            assertThat(engine.verify(TestEngine.verify(image), JobMonitor.NONE).intact()).isTrue();
            Files.delete(image);
        }
    }

    private void interrupt() {
        assertThatThrownBy(() -> run(fresh(), cancelInTheMidst())).isInstanceOf(CancelledException.class);
        assertThat(partial).exists();
    }

    private ImageResult run(ImageRequest request, JobMonitor monitor) throws ImagingException {
        return engine.image(request, monitor);
    }

    private ImageRequest fresh() {
        return to(image);
    }

    private ImageRequest to(Path target) {
        return new ImageRequest(device.toString(), target.toString(), output(false, null),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME), OptionalLong.of(1 << 20)),
                new PipelineOptions(2, 0, true), List.of("sha256"));
    }

    private ImageRequest resume(ResumeCheck check) {
        return new ImageRequest(device.toString(), image.toString(), output(false, check),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT, Layout.DEFAULT,
                new PipelineOptions(2, 0, true), List.of("sha256"));
    }

    private ImageRequest layout(int frameSize) {
        return new ImageRequest(device.toString(), image.toString(), output(false, ResumeCheck.QUICK),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(frameSize), OptionalLong.empty()),
                PipelineOptions.DEFAULT, List.of());
    }

    private static ImageRequest.Output output(boolean overwrite, ResumeCheck resume) {
        return new ImageRequest.Output(overwrite, false, false, Optional.ofNullable(resume), Duration.ZERO);
    }

    private JobMonitor watching() {
        return cancelAfter(Integer.MAX_VALUE);
    }

    /** Cancels a job when it has written two chunks or more of ten. */
    private JobMonitor cancelInTheMidst() {
        return cancelWhen(() -> partial.toFile().length() > 2 << 20);
    }

    private JobMonitor cancelAfter(int questions) {
        AtomicInteger asked = new AtomicInteger();
        return cancelWhen(() -> asked.incrementAndGet() > questions);
    }

    private JobMonitor cancelWhen(BooleanSupplier time) {
        return new JobMonitor() {
            @Override
            public boolean cancelled() {
                return time.getAsBoolean();
            }

            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
    }
}
