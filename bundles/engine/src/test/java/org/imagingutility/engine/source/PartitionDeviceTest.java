package org.imagingutility.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;

class PartitionDeviceTest {
    private final byte[] content = Content.random(1 << 20, 3);

    private static PartitionDevice device(Device disk, int tableSectorSize, long offset, long length) throws DeviceException {
        Partition partition = new Partition(1, PartitionRole.PRIMARY, offset, length, "0x07", "", "name", "", 0, false);
        PartitionTable table = new PartitionTable(PartitionTableKind.MBR, disk.length(), tableSectorSize, "", "",
                List.of(partition), List.of(), Optional.empty(), List.of());
        return PartitionDevice.of(disk, table, partition);
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocateDirect(length + 8192).alignedSlice(4096).limit(length);
    }

    @Test
    void hasTheBytesOfItsRangeAndItsOwnName() throws ImagingException {
        MemoryDevice disk = new MemoryDevice(content);
        Device device = device(disk, 512, 1024, 4096);
        assertThat(device.info()).isEqualTo(new DeviceInfo("memory:device#1", DeviceKind.PARTITION, 4096, 512, "name",
                Optional.of("memory:device"), List.of(), true));
        for (boolean direct : new boolean[] {false, true}) {
            ByteBuffer target = buffer(1536);
            if (direct) {
                device.readDirectly(2560, target);
            } else {
                device.read(2560, target);
            }
            byte[] read = new byte[1536];
            target.flip().get(read);
            assertThat(read).isEqualTo(Arrays.copyOfRange(content, 3584, 5120));
        }
        device.close();
        assertThat(disk.isClosed()).isTrue();
    }

    @Test
    void keepsReadsInsideAndAligned() throws ImagingException {
        Device device = device(new MemoryDevice(content), 4096, 8192, 8192);
        assertThat(device.sectorSize()).isEqualTo(4096);
        for (long[] range : new long[][] {{-4096, 4096}, {8192, 4096}, {4096, 8192}, {512, 4096}, {0, 512}, {1L << 62, 4096}}) {
            assertThatThrownBy(() -> device.read(range[0], buffer((int) range[1]))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> device.readDirectly(range[0], buffer((int) range[1])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> device.read(0, ByteBuffer.allocate(4096))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsErrorsInItsOwnBytes() throws ImagingException {
        MemoryDevice disk = new MemoryDevice(content);
        disk.failAt(10240);
        Device device = device(disk, 512, 8192, 8192);
        assertThatThrownBy(() -> device.read(1024, buffer(4096))).isInstanceOfSatisfying(DeviceException.class, e -> {
            assertThat(e.offset()).isEqualTo(2048);
            assertThat(e.device()).isEqualTo("memory:device#1");
            assertThat(e.isDeviceChanged()).isFalse();
        }).hasMessageContaining("at byte 10240");
        MemoryDevice shrunk = new MemoryDevice(content);
        shrunk.shrinkTo(8192);
        assertThatThrownBy(() -> device(shrunk, 512, 8192, 8192).read(0, buffer(4096)))
                .isInstanceOfSatisfying(DeviceException.class, e ->
                assertThat(e.isDeviceChanged()).isTrue());
    }

    @Test
    void refusesPartitionsThatAreNoWholeSectorsOfTheDisk() {
        for (long[] range : new long[][] {{512, 4096}, {4096, 512}}) {
            assertThatThrownBy(() -> device(new MemoryDevice(content, 4096), 512, range[0], range[1]))
                    .isInstanceOf(DeviceException.class).hasMessageContaining("no whole sectors of 4096 bytes");
        }
        assertThatThrownBy(() -> device(new MemoryDevice(content), 512, 512, content.length))
                .isInstanceOf(DeviceException.class).hasMessageContaining("ends at byte");
    }
}
