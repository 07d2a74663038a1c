package org.imagingutility.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest.ReadErrors;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.KnownBadRanges;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.FaultyDevice;
import org.imagingutility.tck.device.ForwardingDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;

class WindowReaderTest {
    private static final int FRAME = 64 << 10;

    @Test
    void givesWhatIsInUseAndZerosForAllElseWhateverTheExtents() throws ImagingException {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            byte[] disk = new byte[512 * (1 + random.nextInt(700))];
            random.nextBytes(disk);
            List<Extent> extents = ChunkPlannerTest.randomExtents(random, disk.length).stream()
                    .filter(extent -> extent.end() <= disk.length).toList();
            byte[] expected = new byte[disk.length];
            extents.forEach(e -> System.arraycopy(disk, (int) e.offset(), expected, (int) e.offset(), (int) e.length()));
            boolean join = random.nextBoolean();
            try (Device device = new ArrayDevice(disk);
                    FrameTasks tasks = new FrameTasks(new ChunkPlanner("test", new ListCursor(extents), disk.length,
                            FRAME, 4L * FRAME), FRAME, disk.length)) {
                WindowReader reader = new WindowReader(guard(device), join, new Throttle(0), FRAME);
                ByteBuffer content = ByteBuffer.allocateDirect(FRAME + 4096).alignedSlice(4096).slice(0, FRAME);
                for (FrameTask task = tasks.next(); task != null; task = tasks.next()) {
                    reader.read(task, content);
                    ByteBuffer wanted = ByteBuffer.wrap(expected, (int) task.offset(), task.contentLength());
                    assertThat(content.mismatch(wanted)).as("seed %d, join %s, frame %d", seed, join, task.frameIndex())
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void readsExtentsThatLieCloseTogetherInOneGo() throws ImagingException {
        List<Extent> extents = List.of(new Extent(0, 4096), new Extent(8192, 4096), new Extent(16384, 4096));
        assertThat(readCalls(extents, true)).isEqualTo(1);
        assertThat(readCalls(extents, false)).isEqualTo(3);
    }

    @Test
    void holesOfADeviceOfMostlyZerosAreNotRead() throws ImagingException {
        long length = 256L << 20;
        int frame = 1 << 20;
        long data = length - frame;
        SparseBytes bytes = new SparseBytes();
        bytes.write(data, Content.random(frame, 1));
        CountingDevice counting = new CountingDevice(length, 512, bytes);
        Device sparse = new ForwardingDevice(counting) {
            @Override
            public long nextData(long offset) {
                return Math.max(offset, data);
            }
        };
        try (FrameTasks tasks = new FrameTasks(new ChunkPlanner("test", new ListCursor(List.of(new Extent(0, length))), length, frame,
                length), frame, length)) {
            WindowReader reader = new WindowReader(guard(sparse), true, new Throttle(0), frame);
            ByteBuffer content = ByteBuffer.allocateDirect(frame + 4096).alignedSlice(4096).slice(0, frame);
            for (FrameTask task = tasks.next(); task != null; task = tasks.next()) {
                // what another frame left in the buffer
                content.clear().put(7, (byte) 1);
                assertThat(reader.read(task, content).count()).isZero();
                ByteBuffer wanted = ByteBuffer.wrap(task.offset() == data ? Content.random(frame, 1) : new byte[frame]);
                assertThat(content).as("frame %d", task.frameIndex()).isEqualTo(wanted);
            }
            assertThat(counting.bytesRead()).isEqualTo((64 << 20) + frame);
            assertThat(reader.bytesRead()).isEqualTo(counting.bytesRead());
        }
    }

    @Test
    void aBadSectorInFreeSpaceBetweenExtentsCostsNothing() throws ImagingException {
        byte[] bytes = Content.random(FRAME, 1);
        FaultyDevice disk = new FaultyDevice("disk", bytes, 512);
        disk.badRun(8, 8);
        try (GuardedDevice device = new GuardedDevice(disk, ReadErrors.DEFAULT, KnownBadRanges.NONE, () -> false)) {
            ByteBuffer content = read(device, List.of(new Extent(0, 4096), new Extent(8192, 4096)), ExtentList.empty());
            assertThat(content.slice(0, 4096)).isEqualTo(ByteBuffer.wrap(bytes, 0, 4096));
            assertThat(content.slice(4096, 4096)).isEqualTo(ByteBuffer.allocate(4096));
            assertThat(content.slice(8192, 4096)).isEqualTo(ByteBuffer.wrap(bytes, 8192, 4096));
        }
    }

    @Test
    void onlyWhatIsInUseCountsAsUnreadable() throws ImagingException {
        byte[] bytes = Content.random(FRAME, 1);
        FaultyDevice disk = new FaultyDevice("disk", bytes, 4096);
        disk.badRun(1, 2);
        disk.bad(15, FaultyDevice.FOREVER);
        ReadErrors record = new ReadErrors(true, 0, Duration.ZERO, Optional.empty(), false);
        try (GuardedDevice device = new GuardedDevice(disk, record, KnownBadRanges.NONE, () -> false)) {
            // clusters of 1024 bytes on sectors of 4096: each lies in a sector together with free ones
            ByteBuffer content = read(device, List.of(new Extent(3072, 1024), new Extent(5120, 1024), new Extent(7168, 2048),
                    new Extent(FRAME - 1024, 1024)), new ExtentList.Builder().add(5120, 1024).add(7168, 2048)
                    .add(FRAME - 1024, 1024).build());
            assertThat(content.slice(3072, 1024)).isEqualTo(ByteBuffer.wrap(bytes, 3072, 1024));
            assertThat(content.slice(4096, FRAME - 4096)).isEqualTo(ByteBuffer.allocate(FRAME - 4096));
        }
    }

    private static ByteBuffer read(GuardedDevice device, List<Extent> extents, ExtentList unreadable) throws ImagingException {
        try (FrameTasks tasks = new FrameTasks(new ChunkPlanner("test", new ListCursor(extents), FRAME, FRAME, FRAME),
                FRAME, FRAME)) {
            ByteBuffer content = ByteBuffer.allocateDirect(FRAME + 4096).alignedSlice(4096).slice(0, FRAME);
            assertThat(new WindowReader(device, true, new Throttle(0), FRAME).read(tasks.next(), content)).isEqualTo(unreadable);
            return content;
        }
    }

    private static GuardedDevice guard(Device device) {
        return new GuardedDevice(device, ReadErrors.DEFAULT, KnownBadRanges.NONE, () -> false);
    }

    private static int readCalls(List<Extent> extents, boolean join) throws ImagingException {
        try (ArrayDevice device = new ArrayDevice(new byte[FRAME]);
                FrameTasks tasks = new FrameTasks(new ChunkPlanner("test", new ListCursor(extents), FRAME, FRAME, FRAME),
                        FRAME, FRAME)) {
            WindowReader reader = new WindowReader(guard(device), join, new Throttle(0), FRAME);
            reader.read(tasks.next(), ByteBuffer.allocateDirect(FRAME + 4096).alignedSlice(4096).slice(0, FRAME));
            return device.reads;
        }
    }

    /** A device in memory that insists on the contract's alignment. */
    private static final class ArrayDevice implements Device {
        private final byte[] bytes;
        private int reads;

        ArrayDevice(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public DeviceInfo info() {
            return new DeviceInfo("array", DeviceKind.FILE, bytes.length, 512, "", Optional.empty(), List.of(), true);
        }

        @Override
        public void read(long offset, ByteBuffer target) {
            assertThat(offset % 512).isZero();
            assertThat(target.alignmentOffset(target.position(), 4096)).isZero();
            assertThat(offset + target.remaining()).isLessThanOrEqualTo(bytes.length);
            assertThat(target.remaining() % 512 == 0 || offset + target.remaining() == bytes.length).isTrue();
            reads++;
            target.put(bytes, (int) offset, target.remaining());
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
