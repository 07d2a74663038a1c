package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.job.VerifyResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of repairing have in common: an image that they damage, and what is done about it. */
abstract class RepairTrial {
    static final int FRAME = 64 << 10;
    static final int CHUNK = 256 << 10;
    @TempDir
    Path folder;
    final TestEngine engine = new TestEngine();
    byte[] device;
    byte[] image;
    Path file;

    @BeforeEach
    void makeImage() throws IOException, ImagingException {
        device = new byte[1_000_000];
        new Random(3).nextBytes(device);
        Arrays.fill(device, 200_000, 420_000, (byte) 0);
        Arrays.fill(device, 500_000, 600_000, (byte) 'x');
        Path raw = Files.write(folder.resolve("device.raw"), device);
        file = folder.resolve("image");
        engine.image(new ImageRequest(raw.toString(), file.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(CHUNK)),
                PipelineOptions.DEFAULT, List.of("sha256")), JobMonitor.NONE);
        image = Files.readAllBytes(file);
    }

    RepairResult look() throws ImagingException {
        return engine.repair(new RepairRequest(file.toString(), Optional.empty(), false, false, PipelineOptions.DEFAULT),
                JobMonitor.NONE);
    }

    RepairResult inPlace() throws ImagingException {
        return engine.repair(new RepairRequest(file.toString(), Optional.empty(), false, true, PipelineOptions.DEFAULT),
                JobMonitor.NONE);
    }

    Path target() {
        return folder.resolve("new");
    }

    RepairResult save() throws ImagingException {
        return engine.repair(new RepairRequest(file.toString(), Optional.of(target().toString()), true, false,
                PipelineOptions.DEFAULT), JobMonitor.NONE);
    }

    /** Saves what is left and checks that the new image is intact and has each byte that is not said to be lost. */
    RepairResult saveAndCheck(String what) throws Exception {
        byte[] before = Files.readAllBytes(file);
        RepairResult result = save();
        assertThat(file).as(what).hasBinaryContent(before);
        VerifyResult verified = engine.verify(TestEngine.verify(target()), JobMonitor.NONE);
        assertThat(verified.damages()).as(what).isEmpty();
        assertThat(verified.image().unreadableBytes()).as(what).isEqualTo(result.lost().totalLength());
        Path restored = folder.resolve("restored.raw");
        engine.restore(TestEngine.restore(target(), restored), JobMonitor.NONE);
        byte[] expected = device.clone();
        for (int i = 0; i < result.lost().count(); i++) {
            Arrays.fill(expected, (int) result.lost().offset(i), (int) result.lost().end(i), (byte) 0);
        }
        assertThat(restored).as(what).hasBinaryContent(expected);
        Files.delete(restored);
        return result;
    }

    /** Flips a bit in the stored bytes of window {@code frame} and returns where they are. */
    int damageFrame(int frame) throws Exception {
        for (int at = 0; at < image.length - 1; at++) {
            if (Arrays.equals(image, at, at + 64, device, frame * FRAME, frame * FRAME + 64)) {
                byte[] damaged = image.clone();
                damaged[at] ^= 1;
                Files.write(file, damaged);
                return at;
            }
        }
        throw new AssertionError("random bytes are stored as they are");
    }
}
