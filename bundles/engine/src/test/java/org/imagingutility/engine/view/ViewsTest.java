package org.imagingutility.engine.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.api.serve.ServedRange;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images as devices that are served. */
class ViewsTest {
    private static final int FRAME = 64 << 10;
    private static final long CACHE = 8 * FRAME;

    @TempDir
    private Path folder;

    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final JobMonitor monitor = new JobMonitor() {
        @Override
        public void notice(String line) {
            notices.add(line);
        }
    };

    @Test
    void anyRangeIsReadByAnyThreadAsItWasOnTheDevice() throws Exception {
        byte[] content = content(5_000_100);
        image(content);
        long seed = RandomSeed.get();
        try (Views views = views(CACHE)) {
            ServedDevice device = views.open(export("", false));
            assertThat(device.length()).isEqualTo(content.length);
            List<Boolean> equal = IntStream.range(0, 300).parallel().mapToObj(i -> {
                Random random = new Random(seed + i);
                int offset = random.nextInt(content.length);
                int length = random.nextInt(Math.min(300_000, content.length - offset) + 1);
                return Arrays.equals(unfailing(device, offset, length), Arrays.copyOfRange(content, offset, offset + length));
            }).toList();
            assertThat(equal).as("seed %d", seed).hasSize(300).containsOnly(true);
            assertThat(read(device, 0, content.length)).isEqualTo(content);
        }
    }

    @Test
    void framesAreDecodedOnceAsLongAsTheCacheHasRoomAndTheCacheHasABound() throws Exception {
        byte[] content = content(20 * FRAME);
        image(content);
        try (Views views = views(64L * FRAME)) {
            ServedDevice device = views.open(export("", false));
            IntStream.range(0, 64).parallel().forEach(i -> unfailing(device, 0, content.length));
            assertThat(views.cache().decodedCount()).isBetween(1L, 20L);
        }
        try (Views views = views(CACHE)) {
            ServedDevice device = views.open(export("", false));
            IntStream.range(0, 16).parallel().forEach(i -> unfailing(device, 0, content.length));
            assertThat(views.cache().bytes()).isBetween(1L, CACHE);
        }
    }

    @Test
    void whatNothingIsStoredForIsAHoleAndAllElseIsData() throws Exception {
        byte[] content = new byte[12 * FRAME + 77];
        new Random(1).nextBytes(content);
        Arrays.fill(content, 2 * FRAME, 5 * FRAME, (byte) 0);
        Arrays.fill(content, 11 * FRAME, content.length, (byte) 0);
        image(content);
        try (Views views = views(CACHE)) {
            ServedDevice device = views.open(export("", false));
            assertThat(device.range(0, content.length)).isEqualTo(new ServedRange(2 * FRAME, ServedRange.Kind.DATA));
            assertThat(device.range(2 * FRAME + 9, content.length)).isEqualTo(new ServedRange(3 * FRAME - 9, ServedRange.Kind.HOLE));
            assertThat(device.range(2 * FRAME, 5)).isEqualTo(new ServedRange(5, ServedRange.Kind.HOLE));
            assertThat(device.range(5 * FRAME, content.length)).isEqualTo(new ServedRange(6 * FRAME, ServedRange.Kind.DATA));
            assertThat(device.range(11 * FRAME, content.length)).isEqualTo(new ServedRange(FRAME + 77, ServedRange.Kind.HOLE));
        }
    }

    @Test
    void aDamagedFrameFailsForItsRangeAloneAndIsNamedOnce() throws Exception {
        byte[] content = content(2_000_000);
        FrameEntry hurt;
        image(content);
        try (OpenImage image = OpenImage.open(engine.installed(), path())) {
            hurt = image.reader().table(1).frames().get(1);
        }
        byte[] bytes = Files.readAllBytes(Path.of(path()));
        bytes[(int) hurt.fileOffset() + hurt.frame().storedLength() / 2] ^= 1;
        Files.write(Path.of(path()), bytes);
        int from = (int) hurt.frame().frameIndex() * FRAME;
        try (Views views = views(CACHE)) {
            ServedDevice device = views.open(export("", false));
            for (int begin : new int[] {0, from - 3, from, from + 100}) {
                ByteBuffer target = ByteBuffer.allocate(from + 200 - begin);
                assertThatThrownBy(() -> device.read(begin, target)).isInstanceOfSatisfying(DeviceException.class,
                        e -> assertThat(e.offset()).isEqualTo(Math.max(from, begin)));
                assertThat(Arrays.copyOf(target.array(), Math.max(0, from - begin)))
                        .isEqualTo(Arrays.copyOfRange(content, begin, Math.max(from, begin)));
            }
            assertThat(read(device, 0, from)).isEqualTo(Arrays.copyOf(content, from));
            int behind = from + FRAME;
            assertThat(read(device, behind, content.length - behind)).isEqualTo(Arrays.copyOfRange(content, behind, content.length));
            assertThat(notices).filteredOn(line -> line.contains("frame " + hurt.frame().frameIndex() + " ")).hasSize(1);
            assertThat(device.range(from, 10).kind()).isEqualTo(ServedRange.Kind.DATA);
        }
    }

    @Test
    void rangesOutsideTheDeviceAreRefused() throws Exception {
        image(content(100_000));
        try (Views views = views(CACHE)) {
            ServedDevice device = views.open(export("", false));
            for (long[] range : new long[][] {{-1, 1}, {100_000, 1}, {99_999, 2}, {Long.MAX_VALUE, 1}, {Long.MIN_VALUE, 1}}) {
                assertThatThrownBy(() -> device.read(range[0], ByteBuffer.allocate((int) range[1])))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(read(device, 100_000, 0)).isEmpty();
        }
    }

    @Test
    void aVolumeIsADiskWithOnePartitionAndADiskStaysOne() throws Exception {
        byte[] content = content(FRAME * 5 + 512);
        image(content);
        byte[] disk;
        try (Views views = views(CACHE)) {
            ServedDevice device = views.open(export("", true));
            disk = read(device, 0, (int) device.length());
            assertThat(Arrays.copyOfRange(disk, 1 << 20, (1 << 20) + content.length)).isEqualTo(content);
            assertThat(read(views.open(export("again", true)), 0, disk.length)).isEqualTo(disk);
        }
        // the readers of partition tables are the judges
        Path raw = Files.write(folder.resolve("disk.raw"), disk);
        var listing = engine.disk(raw.toString());
        assertThat(listing.table().orElseThrow().isUnderstood()).isTrue();
        assertThat(listing.table().orElseThrow().partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.offset()).isEqualTo(1 << 20);
            assertThat(partition.length()).isEqualTo(content.length);
        });
        image(disk);
        try (Views views = views(CACHE)) {
            assertThatThrownBy(() -> views.open(export("", true))).isInstanceOf(UsageException.class).hasMessageContaining("is a disk already");
            assertThat(read(views.open(new ServeRequest.Export("", path() + "#1", false, Optional.empty())), 0, content.length))
                    .isEqualTo(content);
            assertThatThrownBy(() -> views.open(new ServeRequest.Export("", path() + "#2", false, Optional.empty())))
                    .isInstanceOf(UsageException.class).hasMessageContaining("no partition 2");
        }
    }

    @Test
    void whatIsWrittenLiesInTheOverlayAndTheImageStaysAsItIs() throws Exception {
        byte[] content = content(1_000_000);
        image(content);
        byte[] before = Files.readAllBytes(Path.of(path()));
        byte[] expected = content.clone();
        Path file = folder.resolve("overlay");
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int opened = 0; opened < 3; opened++) {
            try (Views views = views(CACHE)) {
                ServedDevice device = views.open(overlaid(file, true));
                assertThat(read(device, 0, content.length)).as("seed %d", seed).isEqualTo(expected);
                for (int i = 0; i < 60; i++) {
                    change(device, expected, random);
                    int offset = random.nextInt(content.length);
                    int length = random.nextInt(content.length - offset);
                    assertThat(read(device, offset, length)).as("seed %d", seed).isEqualTo(Arrays.copyOfRange(expected, offset, offset + length));
                    assertThat(device.range(offset, length + 1).length()).isBetween(1L, length + 1L);
                }
                assertThatThrownBy(() -> views.open(overlaid(file, true))).isInstanceOf(TargetException.class)
                        .hasMessageContaining("used by another server");
            }
        }
        assertThat(Files.readAllBytes(Path.of(path()))).isEqualTo(before);
        assertThat(notices).filteredOn(line -> line.contains("is continued with")).hasSize(2);
        image(content(900_000));
        try (Views views = views(CACHE)) {
            assertThatThrownBy(() -> views.open(overlaid(file, true))).isInstanceOf(TargetException.class).hasMessageContaining("overlay of something else");
            ServedDevice dropped = views.open(overlaid(folder.resolve("dropped"), false));
            dropped.write(0, ByteBuffer.allocate(10));
        }
        assertThat(folder.resolve("dropped")).doesNotExist();
    }

    private static void change(ServedDevice device, byte[] expected, Random random) throws ImagingException {
        int offset = random.nextInt(expected.length);
        int length = random.nextInt(Math.min(200_000, expected.length - offset)) + 1;
        switch (random.nextInt(3)) {
            case 0 -> {
                device.zero(offset, length);
                Arrays.fill(expected, offset, offset + length, (byte) 0);
            }
            case 1 -> {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                device.write(offset, ByteBuffer.wrap(bytes));
                System.arraycopy(bytes, 0, expected, offset, length);
            }
            default -> device.flush();
        }
    }

    @Test
    void whatWasFlushedIsThereAfterTheProcessWasKilledAndWhatWasNotMayBeLost() throws Exception {
        byte[] content = content(500_000);
        image(content);
        Path file = folder.resolve("overlay");
        Path killed = folder.resolve("killed");
        byte[] flushed = content.clone();
        try (Views views = views(CACHE)) {
            ServedDevice device = views.open(overlaid(file, true));
            device.write(70_000, ByteBuffer.wrap("flushed".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            System.arraycopy("flushed".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, flushed, 70_000, 7);
            device.flush();
            device.write(300_000, ByteBuffer.allocate(5000));
            // as the file stands when the process is killed now
            Files.copy(file, killed);
        }
        try (Views views = views(CACHE)) {
            assertThat(read(views.open(overlaid(killed, true)), 0, content.length)).isEqualTo(flushed);
        }
        byte[] torn = Files.readAllBytes(killed);
        torn[4096] = 3;
        Files.write(killed, torn);
        try (Views views = views(CACHE)) {
            assertThatThrownBy(() -> views.open(overlaid(killed, true))).isInstanceOf(TargetException.class).hasMessageContaining("damaged map");
        }
    }

    private Views views(long cache) {
        return new Views(engine.installed(), monitor, cache, 2);
    }

    private ServeRequest.Export export(String name, boolean asDisk) {
        return new ServeRequest.Export(name, path(), asDisk, Optional.empty());
    }

    private ServeRequest.Export overlaid(Path file, boolean keep) {
        return new ServeRequest.Export("", path(), false, Optional.of(new ServeRequest.Overlay(file.toString(), keep)));
    }

    private String path() {
        return folder.resolve("image").toString();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(5).nextBytes(content);
        Arrays.fill(content, 0, 512, (byte) 0);
        if (length > 10 * FRAME) {
            Arrays.fill(content, 3 * FRAME, 5 * FRAME, (byte) 0);
            Arrays.fill(content, 7 * FRAME - 700, 7 * FRAME + 900, (byte) 0);
        }
        return content;
    }

    private void image(byte[] content) throws Exception {
        Path raw = Files.write(folder.resolve("device.raw"), content);
        engine.image(new ImageRequest(raw.toString(), path(), new ImageRequest.Output(true, false, false, Optional.empty(),
                ImageRequest.Output.DEFAULT.retryTarget()), new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME), OptionalLong.of(4 * FRAME)),
                PipelineOptions.DEFAULT, List.of()), JobMonitor.NONE);
    }

    private static byte[] unfailing(ServedDevice device, long offset, int length) {
        try {
            return read(device, offset, length);
        } catch (ImagingException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] read(ServedDevice device, long offset, int length) throws ImagingException {
        ByteBuffer target = ByteBuffer.allocate(length);
        device.read(offset, target);
        assertThat(target.hasRemaining()).isFalse();
        return target.array();
    }
}
