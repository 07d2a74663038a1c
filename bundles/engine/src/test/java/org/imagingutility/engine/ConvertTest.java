package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
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
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A converted image is the same image in another form. */
class ConvertTest {
    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();

    private Path path(String name) {
        return folder.resolve(name);
    }

    private ConvertResult convert(String to, OptionalInt level, OptionalInt frameSize, OptionalLong chunkSize)
            throws ImagingException {
        return engine.convert(new ConvertRequest(path("old").toString(), path(to).toString(), false, false, true,
                new Layout("skz", Optional.empty(), level, frameSize, chunkSize), new PipelineOptions(2, 0, true)),
                JobMonitor.NONE);
    }

    private void sameDevice(String converted) throws Exception {
        for (String name : List.of("old", converted)) {
            engine.restore(TestEngine.restore(path(name), path(name + ".raw")), JobMonitor.NONE);
        }
        assertThat(Files.mismatch(path("old.raw"), path(converted + ".raw"))).isEqualTo(-1);
        Files.delete(path("old.raw"));
    }

    @Test
    void aUsedOnlyImageKeepsContentAllocationFactsAndTimeInAnyLayout() throws Exception {
        Path device = Fixtures.unpack(Fixtures.ofKind("ntfs").get(0), folder);
        ImageInfo old = engine.image(TestEngine.request(device, path("old"), false, 2), JobMonitor.NONE).image();
        ConvertResult same = convert("same", OptionalInt.of(9), OptionalInt.empty(), OptionalLong.of(1 << 20));
        assertThat(same.verified().map(VerifyResult::intact)).hasValue(true);
        assertThat(same.image().digests().content()).isEqualTo(old.digests().content());
        assertThat(same.image().spec().frameSize()).isEqualTo(old.spec().frameSize());
        assertThat(same.image().spec().chunkSize()).isEqualTo(1 << 20);
        for (int frameSize : new int[] {64 << 10, 1 << 20, 64 << 20}) {
            String name = "frames-" + frameSize;
            ImageInfo image = convert(name, OptionalInt.empty(), OptionalInt.of(frameSize), OptionalLong.empty()).image();
            assertThat(image.spec().usedOnly()).isTrue();
            assertThat(image.usedBytes()).isEqualTo(old.usedBytes());
            assertThat(image.spec().created()).isEqualTo(old.spec().created());
            assertThat(image.spec().metadata().values()).containsAllEntriesOf(old.spec().metadata().values())
                    .containsEntry("origin.format", "skz version 1")
                    .containsEntry("origin.imageDigest", old.digests().image().toHex());
            assertThat(image.statistics().values()).containsAllEntriesOf(old.statistics().values());
            sameDevice(name);
            // an image of the device with frames of that size at once is the same
            ImageRequest small = TestEngine.request(device, path(name + ".direct"), false, 2);
            ImageInfo direct = engine.image(new ImageRequest(small.device(), small.target(), small.output(), small.source(),
                    small.readErrors(), new Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(frameSize),
                            OptionalLong.empty()), small.pipeline(), List.of()), JobMonitor.NONE).image();
            assertThat(image.digests().content()).isEqualTo(direct.digests().content());
        }
    }

    @Test
    void unreadableRangesStayUnreadable() throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(7).nextBytes(bytes);
        Path device = Files.write(path("device"), bytes);
        Path map = Files.writeString(path("map"), "0x0 +\n0x0 0x30000 +\n0x30000 0x200 -\n0x30200 0x0FE00 +\n0x40000 0x20000 -\n0x60000 0x27C6C1 +\n"
                .replace("0x0 +\n0x0", "0x0 + 1\n0x0"));
        ImageRequest usual = TestEngine.request(device, path("old"), true, 1);
        ImageInfo old = engine.image(new ImageRequest(usual.device(), usual.target(), usual.output(), usual.source(),
                new ImageRequest.ReadErrors(true, 0, Duration.ZERO, Optional.of(map.toString()), false), usual.layout(),
                usual.pipeline(), List.of()), JobMonitor.NONE).image();
        assertThat(old.unreadableBytes()).isEqualTo(0x200 + 0x20000);
        for (int frameSize : new int[] {64 << 10, 256 << 10, 4 << 20}) {
            ImageInfo image = convert("c" + frameSize, OptionalInt.empty(), OptionalInt.of(frameSize), OptionalLong.empty())
                    .image();
            assertThat(image.unreadableBytes()).isEqualTo(old.unreadableBytes());
            assertThat(engine.unreadable(path("c" + frameSize).toString())).isEqualTo(engine.unreadable(path("old").toString()));
        }
        sameDevice("c65536");
    }

    @Test
    void damageAndCancellingLeaveNothingAndAnImageThatIsThereStays() throws Exception {
        byte[] bytes = new byte[5_000_000];
        new Random(9).nextBytes(bytes);
        engine.image(TestEngine.request(Files.write(path("device"), bytes), path("old"), true, 1), JobMonitor.NONE);
        Files.writeString(path("there"), "precious");
        assertThatThrownBy(() -> convert("there", OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty()))
                .isInstanceOf(TargetException.class);
        assertThat(path("there")).hasContent("precious");
        JobMonitor cancels = new JobMonitor() {
            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> engine.convert(new ConvertRequest(path("old").toString(), path("new").toString(), false, false,
                false, Layout.DEFAULT, PipelineOptions.DEFAULT), cancels)).isInstanceOf(CancelledException.class);
        try (FileChannel file = FileChannel.open(path("old"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[64]), 2_000_000);
        }
        assertThatThrownBy(() -> convert("new", OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty()))
                .isInstanceOf(ImageDamagedException.class);
        assertThat(path("new")).doesNotExist();
        assertThat(path("new.partial")).doesNotExist();
    }
}
