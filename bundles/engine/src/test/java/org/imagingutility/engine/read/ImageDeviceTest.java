package org.imagingutility.engine.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDeviceTest {
    private static final int FRAME = 64 << 10;

    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();

    @Test
    void readsTheBytesOfTheDeviceWhereverARangeBeginsAndEnds() throws Exception {
        byte[] content = content(5_000_000 / 512 * 512 + 100);
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        try (OpenImage image = image(content); ImageDevice device = device(image)) {
            assertThat(device.length()).isEqualTo(content.length);
            assertThat(device.sectorSize()).isEqualTo(512);
            assertThat(read(device, 0, content.length)).isEqualTo(content);
            for (int i = 0; i < 300; i++) {
                int offset = random.nextInt(content.length / 512) * 512;
                int length = random.nextInt(4) == 0 ? content.length - offset
                        : Math.min(random.nextInt(400) * 512, (content.length - offset) / 512 * 512);
                assertThat(read(device, offset, length)).as("seed %d: %d+%d", seed, offset, length)
                        .isEqualTo(Arrays.copyOfRange(content, offset, offset + length));
            }
        }
    }

    @Test
    void holdsNoMoreThanAFewFrames() throws Exception {
        byte[] content = content(5_000_000);
        try (OpenImage image = image(content); ImageDevice device = device(image)) {
            read(device, 0, content.length);
            assertThat(content.length / FRAME).isGreaterThan(32);
            assertThat(device.framesHeld()).isBetween(1, 32);
        }
    }

    @Test
    void readsFromSeveralThreadsAtOnce() throws Exception {
        byte[] content = content(3_000_000);
        try (OpenImage image = image(content); ImageDevice device = device(image)) {
            List<Boolean> equal = IntStream.range(0, 64).parallel().mapToObj(i -> {
                int offset = i * 80 * 512;
                try {
                    return Arrays.equals(read(device, offset, 70_000 / 512 * 512),
                            Arrays.copyOfRange(content, offset, offset + 70_000 / 512 * 512));
                } catch (ImagingException e) {
                    throw new AssertionError(e);
                }
            }).toList();
            assertThat(equal).hasSize(64).containsOnly(true);
        }
    }

    @Test
    void aDamagedFrameFailsWithItsPlaceAndItsNeighboursCanBeRead() throws Exception {
        byte[] content = content(2_000_000);
        FrameEntry hurt;
        try (OpenImage image = image(content)) {
            hurt = image.reader().table(1).frames().get(1);
        }
        flip(hurt.fileOffset() + hurt.frame().storedLength() / 2);
        int from = (int) (hurt.frame().frameIndex() * FRAME);
        try (OpenImage image = OpenImage.open(engine.installed(), path()); ImageDevice device = device(image)) {
            for (int begin : new int[] {0, from - 512, from}) {
                assertThatThrownBy(() -> read(device, begin, from + 512 - begin)).isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.offset()).isEqualTo(from));
            }
            assertThatThrownBy(() -> read(device, from + 1024, 512)).isInstanceOfSatisfying(DeviceException.class,
                    e -> assertThat(e.offset()).isEqualTo(from + 1024)).hasMessageContaining("CRC-32C");
            assertThat(read(device, 0, from)).isEqualTo(Arrays.copyOf(content, from));
            assertThat(read(device, from + FRAME, content.length - from - FRAME))
                    .isEqualTo(Arrays.copyOfRange(content, from + FRAME, content.length));
        }
    }

    @Test
    void aChunkWhoseTableIsDamagedFailsAndTheOthersCanBeRead() throws Exception {
        byte[] content = content(2_000_000);
        long table;
        int from;
        int end;
        try (OpenImage image = image(content)) {
            table = image.reader().chunk(1).fileOffset() + image.reader().chunk(1).fileLength() - 20;
            from = (int) image.reader().chunk(1).deviceOffset();
            end = from + (int) image.reader().chunk(1).deviceLength();
        }
        flip(table);
        try (OpenImage image = OpenImage.open(engine.installed(), path()); ImageDevice device = device(image)) {
            assertThatThrownBy(() -> read(device, 0, content.length)).isInstanceOfSatisfying(DeviceException.class,
                    e -> assertThat(e.offset()).isEqualTo(from));
            assertThat(read(device, 0, from)).isEqualTo(Arrays.copyOf(content, from));
            assertThat(read(device, end, content.length - end)).isEqualTo(Arrays.copyOfRange(content, end, content.length));
        }
    }

    @Test
    void anAllocatorFindsInTheImageWhatItFindsOnTheDevice() throws Exception {
        for (String name : Fixtures.ofKind("ntfs")) {
            Path raw = Fixtures.unpack(name, folder);
            Path target = folder.resolve(name + ".skzimg");
            engine.image(TestEngine.request(raw, target, false, 2), JobMonitor.NONE);
            try (OpenImage image = OpenImage.open(engine.installed(), target.toString());
                    ImageDevice seen = device(image);
                    Device real = engine.installed().deviceProviderFor(raw.toString()).open(raw.toString())) {
                assertThat(extents(seen)).as(name).isEqualTo(extents(real)).hasSizeGreaterThan(1);
            }
        }
    }

    @Test
    void refusesRangesThatAreOutsideOrNotAligned() throws Exception {
        try (OpenImage image = image(content(1_000_000))) {
            ImageDevice device = device(image);
            assertThatThrownBy(() -> read(device, 100, 512)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> read(device, 0, 100)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> read(device, -512, 512)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> read(device, 999_936, 1024)).isInstanceOf(IllegalArgumentException.class);
            device.close();
            assertThatThrownBy(() -> read(device, 0, 512)).isInstanceOf(DeviceException.class);
        }
    }

    private List<String> extents(Device device) throws ImagingException {
        List<String> extents = new ArrayList<>();
        try (ExtentCursor cursor = ProbeResult.find(engine.installed(), device).orElseThrow().allocation().extents()) {
            while (cursor.next()) {
                extents.add(cursor.offset() + "+" + cursor.length());
            }
        }
        return extents;
    }

    private ImageDevice device(OpenImage image) throws ImagingException {
        return new ImageDevice(engine.installed(), image.reference(), image.reader());
    }

    private String path() {
        return folder.resolve("image").toString();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(5).nextBytes(content);
        // zeros in whole frames, and where frames border
        Arrays.fill(content, 3 * FRAME, 5 * FRAME, (byte) 0);
        Arrays.fill(content, 7 * FRAME - 700, 7 * FRAME + 900, (byte) 0);
        return content;
    }

    private OpenImage image(byte[] content) throws Exception {
        Path raw = Files.write(folder.resolve("device.raw"), content);
        engine.image(new ImageRequest(raw.toString(), path(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(4 * FRAME)),
                PipelineOptions.DEFAULT, List.of()), JobMonitor.NONE);
        return OpenImage.open(engine.installed(), path());
    }

    private void flip(long offset) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(path()));
        bytes[(int) offset] ^= 1;
        Files.write(Path.of(path()), bytes);
    }

    private static byte[] read(Device device, long offset, int length) throws ImagingException {
        ByteBuffer target = ByteBuffer.allocateDirect(Math.max(1, length)).limit(length);
        device.read(offset, target);
        assertThat(target.hasRemaining()).isFalse();
        byte[] bytes = new byte[length];
        target.flip().get(bytes);
        return bytes;
    }
}
