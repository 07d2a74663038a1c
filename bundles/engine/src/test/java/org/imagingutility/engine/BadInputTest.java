package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside of images and volumes: each with its own error, and nothing lost or half written. */
class BadInputTest {
    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();
    private Path device;
    private Path image;

    @BeforeEach
    void makeDevice() throws IOException {
        device = folder.resolve("device.raw");
        byte[] bytes = new byte[3_000_001];
        new Random(7).nextBytes(bytes);
        Files.write(device, bytes);
        image = folder.resolve("image.skzimg");
    }

    @Test
    void aDeviceWhoseLengthIsNoMultipleOfAnythingComesBackWhole() throws Exception {
        image();
        engine.restore(TestEngine.restore(image, folder.resolve("back.raw")), JobMonitor.NONE);
        assertThat(Files.mismatch(device, folder.resolve("back.raw"))).isEqualTo(-1);
    }

    @Test
    void missingDeviceDirectoryAndEmptyFileAreNoDevices() throws IOException {
        Files.createFile(folder.resolve("empty"));
        for (Path bad : List.of(folder.resolve("missing"), folder, folder.resolve("empty"))) {
            assertThatThrownBy(() -> engine.image(TestEngine.request(bad, image, true, 1), JobMonitor.NONE))
                    .isInstanceOf(DeviceException.class).hasMessageContaining(bad.toString());
        }
        assertThat(image).doesNotExist();
    }

    @Test
    void anExistingTargetIsRefusedAndReplacedOnlyWhenTheNewImageIsComplete() throws Exception {
        Files.writeString(image, "precious");
        assertThatThrownBy(this::image).isInstanceOf(TargetException.class);
        ImageRequest force = new ImageRequest(device.toString(), image.toString(), output(true, false),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT, List.of());
        assertThatThrownBy(() -> engine.image(force, cancelAfter(0))).isInstanceOf(CancelledException.class);
        assertThat(image).hasContent("precious");
        engine.image(force, JobMonitor.NONE);
        assertThat(engine.verify(TestEngine.verify(image), JobMonitor.NONE).intact()).isTrue();
    }

    @Test
    void aMissingTargetDirectoryIsNamed() {
        Path nowhere = folder.resolve("no/such/image.skzimg");
        assertThatThrownBy(() -> engine.image(TestEngine.request(device, nowhere, true, 1), JobMonitor.NONE))
                .isInstanceOf(TargetException.class).hasMessageContaining(Path.of("no", "such").toString());
    }

    @Test
    void sourceAndTargetMayNotBeTheSame() throws Exception {
        Path link = Files.createLink(folder.resolve("link"), device);
        for (Path same : List.of(device, link)) {
            assertThatThrownBy(() -> engine.image(TestEngine.request(device, same, true, 1), JobMonitor.NONE))
                    .isInstanceOf(UsageException.class).hasMessageContaining("same");
        }
        image();
        assertThatThrownBy(() -> engine.restore(TestEngine.restore(image, image), JobMonitor.NONE))
                .isInstanceOf(UsageException.class);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void aLinkToTheSourceIsTheSource() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), device);
        assertThatThrownBy(() -> engine.image(TestEngine.request(device, link, true, 1), JobMonitor.NONE))
                .isInstanceOf(UsageException.class).hasMessageContaining("same");
    }

    @Test
    void unknownNamesAreAnsweredWithThoseThereAre() {
        assertThatThrownBy(() -> engine.image(layout("skz", "zstandard", 3, 4 << 20, 512L << 20), JobMonitor.NONE))
                .isInstanceOf(UsageException.class).hasMessageContaining("zstandard").hasMessageContaining("zstd");
        assertThatThrownBy(() -> engine.image(layout("zip", "zstd", 3, 4 << 20, 512L << 20), JobMonitor.NONE))
                .isInstanceOf(UsageException.class).hasMessageContaining("skz");
        ImageRequest hash = new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                ImageRequest.Source.DEFAULT, ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT, List.of("crc32"));
        assertThatThrownBy(() -> engine.image(hash, JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("md5, sha1, sha256, sha512");
    }

    @Test
    void absurdSizesAreRefusedBeforeAnythingIsWritten() throws IOException {
        for (ImageRequest bad : List.of(layout("skz", "zstd", 3, 4097, 512L << 20), layout("skz", "zstd", 3, 1 << 30, 1L << 30),
                layout("skz", "zstd", 3, 4 << 20, 5L << 20), layout("skz", "zstd", 3, 4 << 20, Long.MAX_VALUE),
                layout("skz", "zstd", 3, 4 << 20, 0), layout("skz", "zstd", 1000, 4 << 20, 512L << 20))) {
            assertThatThrownBy(() -> engine.image(bad, JobMonitor.NONE)).isInstanceOf(UsageException.class);
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(device);
        }
    }

    @Test
    void aDeviceThatShrinksInMidRunIsAnErrorAndNotAShorterImage() {
        JobMonitor shrinking = new JobMonitor() {
            @Override
            public void notice(String line) {
                // told after the device was opened and before it is read
                try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
                    channel.truncate(1_000_000);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        assertThatThrownBy(() -> engine.image(TestEngine.request(device, image, false, 2), shrinking))
                .isInstanceOf(DeviceException.class);
        assertThat(image).doesNotExist();
    }

    @Test
    void cancellingKeepsWhatWasWrittenUnderAnotherName() throws IOException {
        assertThatThrownBy(() -> engine.image(TestEngine.request(device, image, true, 2), cancelAfter(3)))
                .isInstanceOf(CancelledException.class);
        assertThat(image).doesNotExist();
        assertThat(folder.resolve(image.getFileName() + ".partial")).isNotEmptyFile();
    }

    @Test
    @Timeout(30)
    void cancellingDoesNotWaitForTheBoundOnTheRate() {
        // one frame at this rate takes three quarters of a minute
        ImageRequest slow = new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 64 << 10, 0), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT,
                List.of());
        assertThatThrownBy(() -> engine.image(slow, cancelAfter(3))).isInstanceOf(CancelledException.class);
        assertThat(image).doesNotExist();
    }

    @Test
    void aFileThatIsNoImageIsRefusedWithWhatItBeginsWith() {
        assertThatThrownBy(() -> engine.verify(TestEngine.verify(device), JobMonitor.NONE))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("begins with bytes");
    }

    @Test
    void aMissingCodecIsNamedWhenAnImageNeedsIt() throws Exception {
        image();
        engine.removeCodecs();
        assertThatThrownBy(() -> engine.verify(TestEngine.verify(image), JobMonitor.NONE))
                .isInstanceOf(PluginMissingException.class).hasMessageContaining("wire id 1").hasMessageContaining("none");
    }

    @Test
    void aDamagedFrameIsNeverRestoredOrExportedAndTheUnfinishedFileIsRemoved() throws Exception {
        image();
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), channel.size() / 2);
        }
        assertThat(engine.verify(TestEngine.verify(image), JobMonitor.NONE).damages()).hasSize(1)
                .allSatisfy(damage -> assertThat(damage.device()).isPresent());
        Path back = folder.resolve("back.raw");
        assertThatThrownBy(() -> engine.restore(TestEngine.restore(image, back), JobMonitor.NONE))
                .isInstanceOf(ImageDamagedException.class);
        assertThat(back).doesNotExist();
        assertThat(folder.resolve("back.raw.partial")).doesNotExist();
        Path exported = folder.resolve("exported.raw");
        assertThatThrownBy(() -> engine.export(new ExportRequest(image.toString(), exported.toString(), 0, -1, false,
                PipelineOptions.DEFAULT), JobMonitor.NONE)).isInstanceOf(ImageDamagedException.class);
        assertThat(exported).doesNotExist();
        assertThat(folder.resolve("exported.raw.partial")).doesNotExist();
    }

    @Test
    void aSmallerTargetIsRefusedAndALargerOneKeepsItsSurplus() throws Exception {
        image();
        Path small = Files.write(folder.resolve("small"), new byte[1000]);
        RestoreRequest intoSmall = new RestoreRequest(image.toString(), small.toString(), false, true, false,
                PipelineOptions.DEFAULT);
        assertThatThrownBy(() -> engine.restore(intoSmall, JobMonitor.NONE)).isInstanceOf(TargetException.class);
        assertThat(small).hasBinaryContent(new byte[1000]);

        byte[] old = new byte[3_100_000];
        java.util.Arrays.fill(old, (byte) 0x5A);
        Path large = Files.write(folder.resolve("large"), old);
        engine.restore(new RestoreRequest(image.toString(), large.toString(), false, true, true, PipelineOptions.DEFAULT),
                JobMonitor.NONE);
        byte[] now = Files.readAllBytes(large);
        assertThat(java.util.Arrays.mismatch(now, 0, 3_000_001, Files.readAllBytes(device), 0, 3_000_001)).isEqualTo(-1);
        assertThat(java.util.Arrays.mismatch(now, 3_000_001, now.length, old, 3_000_001, old.length)).isEqualTo(-1);
    }

    @Test
    void aRangeIsExportedByteForByteAndOneOutsideTheDeviceIsRefused() throws Exception {
        image();
        byte[] whole = Files.readAllBytes(device);
        for (long[] range : new long[][] {{0, 1}, {4095, 2}, {262_143, 262_146}, {2_999_000, -1}, {0, 3_000_001}}) {
            Path out = folder.resolve("range");
            engine.export(new ExportRequest(image.toString(), out.toString(), range[0], range[1], true,
                    PipelineOptions.DEFAULT), JobMonitor.NONE);
            int end = range[1] < 0 ? whole.length : (int) (range[0] + range[1]);
            assertThat(out).hasBinaryContent(java.util.Arrays.copyOfRange(whole, (int) range[0], end));
        }
        for (long[] range : new long[][] {{-1, 5}, {3_000_001, 1}, {0, 3_000_002}, {5, 0}, {1, Long.MAX_VALUE}}) {
            assertThatThrownBy(() -> engine.export(new ExportRequest(image.toString(), folder.resolve("x").toString(),
                    range[0], range[1], false, PipelineOptions.DEFAULT), JobMonitor.NONE)).isInstanceOf(UsageException.class);
        }
    }

    @Test
    void aSmallRangeDecodesOneFrame() throws Exception {
        image();
        var result = engine.export(new ExportRequest(image.toString(), folder.resolve("range").toString(), 1_500_000, 4096,
                false, PipelineOptions.DEFAULT), JobMonitor.NONE);
        assertThat(result.statistics().frames()).isEqualTo(1);
    }

    @Test
    void maxBytesImagesTheStartOfTheDeviceAndSaysSo() throws Exception {
        ImageRequest request = new ImageRequest(device.toString(), image.toString(), output(false, true),
                new ImageRequest.Source(true, false, 50_000_000, 1_000_000), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of());
        var result = engine.image(request, JobMonitor.NONE);
        assertThat(result.image().spec().deviceLength()).isEqualTo(1_000_448);
        assertThat(result.image().spec().metadata().number("device.fullLength")).hasValue(3_000_001L);
        assertThat(result.verified()).hasValueSatisfying(verified -> assertThat(verified.intact()).isTrue());
    }

    private void image() throws ImagingException {
        engine.image(TestEngine.request(device, image, true, 2), JobMonitor.NONE);
    }

    private static ImageRequest.Output output(boolean overwrite, boolean verify) {
        return new ImageRequest.Output(overwrite, false, verify, Optional.empty(), Duration.ZERO);
    }

    private ImageRequest layout(String format, String codec, int level, int frameSize, long chunkSize) {
        return new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT, ImageRequest.Source.DEFAULT, ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout(format, Optional.of(codec), OptionalInt.of(level), OptionalInt.of(frameSize),
                        OptionalLong.of(chunkSize)),
                PipelineOptions.DEFAULT, List.of());
    }

    private static JobMonitor cancelAfter(int questions) {
        AtomicInteger asked = new AtomicInteger();
        return new JobMonitor() {
            @Override
            public boolean cancelled() {
                return asked.incrementAndGet() > questions;
            }
        };
    }
}
