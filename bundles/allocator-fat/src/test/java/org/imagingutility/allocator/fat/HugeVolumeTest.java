package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;

/** The most clusters FAT32 has, 2<sup>28</sup> - 11: each FAT has 1 GiB, more than the heap of this test. */
class HugeVolumeTest {
    private static final long CLUSTERS = 0x0FFF_FFF5;
    private static final int BLOCK = 1 << 20;
    private static final byte[] ZEROS = new byte[1 << 16];

    @Test
    void passesOverTheFatOnceInBoundedMemory() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder(32, CLUSTERS);
        volume.sectorsPerCluster = 8;
        volume.fatCount = 1;
        volume.use(300_000_000L % CLUSTERS, 5).use(CLUSTERS - 7, 9);
        volume.build();
        CountingDevice device = new CountingDevice(volume.deviceLength(), 512, (offset, target) -> read(volume, offset, target));

        Allocation allocation = new FatAllocator().recognise(device).orElseThrow();
        assertThat(device.bytesRead()).as("read to recognise the volume").isLessThan(64 << 10);
        device.resetCounts();
        ExtentList found = ExtentsInUse.of(allocation, device);

        assertThat(found).isEqualTo(volume.expected());
        long fatBytes = ((CLUSTERS + 2) * 4 + 511) / 512 * 512;
        assertThat(device.bytesRead()).as("each byte of the FAT once").isEqualTo(fatBytes);
        assertThat(device.longestRead()).isEqualTo(BLOCK);
        assertThat(device.readCount()).isEqualTo((fatBytes + BLOCK - 1) / BLOCK);
    }

    /** Zeros in large pieces, but for places where something was written. */
    private static void read(VolumeBuilder volume, long offset, ByteBuffer target) {
        if (target.remaining() < BLOCK || offset < volume.fatOffset(0) + BLOCK || isWritten(volume, offset)) {
            volume.bytes.read(offset, target);
            return;
        }
        while (target.hasRemaining()) {
            target.put(ZEROS, 0, Math.min(ZEROS.length, target.remaining()));
        }
    }

    private static boolean isWritten(VolumeBuilder volume, long offset) {
        long first = (offset - volume.fatOffset(0)) / 4;
        return !volume.entries.subMap(first, first + BLOCK / 4).isEmpty();
    }
}
