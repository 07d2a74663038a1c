package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that was killed or lost its power in the moment in which it began its image is resumed as well: it starts over. */
class StoppedBeginTest {
    /** Header and first index block of the image below, and some more. */
    private static final int BEGIN = 1024;

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    private Path device;
    private Path image;
    private Path partial;
    private ImageResult whole;
    private byte[] bytes;

    @BeforeEach
    void makeAnImage() throws Exception {
        byte[] content = new byte[300_000];
        new Random(5).nextBytes(content);
        device = Files.write(folder.resolve("device.raw"), content);
        image = folder.resolve("disk.skzimg");
        partial = folder.resolve("disk.skzimg.partial");
        whole = run(null);
        bytes = Files.readAllBytes(image);
        Files.delete(image);
    }

    @Test
    void anImageThatWasStoppedWithinItsBeginningStartsOver() throws Exception {
        int startedOver = 0;
        for (int length = 0; length < BEGIN; length += length < 16 ? 1 : 13) {
            Files.write(partial, Arrays.copyOf(bytes, length));
            requireMade("cut at " + length);
            startedOver += notices.stream().anyMatch(line -> line.contains("before anything was imaged")) ? 1 : 0;
        }
        assertThat(startedOver).isBetween(20, 100);
    }

    @Test
    void zerosInPlaceOfWhatDidNotArriveAreNothing() throws Exception {
        for (int length : new int[] {1, 512, 4096, 1 << 20}) {
            Files.write(partial, new byte[length]);
            requireMade(length + " zeros");
            assertThat(notices).anyMatch(line -> line.contains("before anything was imaged: beginning a new image"));
        }
    }

    @Test
    void aDamagedImageIsLeftAlone() throws Exception {
        byte[] damaged = Arrays.copyOf(bytes, bytes.length - 1);
        damaged[30] ^= 1;
        requireRefused(damaged, ImageDamagedException.class);
    }

    @Test
    void anotherFileIsLeftAlone() throws Exception {
        requireRefused("this is no image".getBytes(), ImageFormatException.class);
        byte[] disk = new byte[4096];
        disk[1080] = 0x53;
        requireRefused(disk, ImageFormatException.class);
    }

    @Test
    void whoDoesNotAskToContinueIsTold() throws Exception {
        byte[] begin = Arrays.copyOf(bytes, 300);
        Files.write(partial, begin);
        assertThatThrownBy(() -> run(null)).isInstanceOf(TargetException.class).hasMessageContaining("disk.skzimg");
        assertThat(partial).hasBinaryContent(begin);
    }

    private void requireMade(String state) throws Exception {
        notices.clear();
        ImageResult result = run(ResumeCheck.QUICK);
        assertThat(result.image().digests().content()).as(state).isEqualTo(whole.image().digests().content());
        assertThat(Files.size(image)).as(state).isEqualTo(bytes.length);
        assertThat(partial).doesNotExist();
        Files.delete(image);
    }

    private void requireRefused(byte[] state, Class<? extends ImagingException> how) throws Exception {
        Files.write(partial, state);
        assertThatThrownBy(() -> run(ResumeCheck.QUICK)).isInstanceOf(how);
        assertThat(partial).hasBinaryContent(state);
        assertThat(image).doesNotExist();
    }

    private ImageResult run(ResumeCheck resume) throws ImagingException {
        ImageRequest request = new ImageRequest(device.toString(), image.toString(),
                new ImageRequest.Output(false, false, false, Optional.ofNullable(resume), Duration.ZERO),
                ImageRequest.Source.DEFAULT, ImageRequest.ReadErrors.DEFAULT,
                new Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(64 << 10), OptionalLong.of(64 << 10)),
                PipelineOptions.DEFAULT, List.of());
        return engine.image(request, new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        });
    }
}
