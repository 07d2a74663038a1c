package org.imagingutility.allocator.exfat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;

/** The most clusters exFAT has, 2<sup>32</sup> - 11, in clusters of 32 MiB: 128 PiB, with a bitmap of 512 MiB. */
class HugeVolumeTest {
    private static final long CLUSTERS = (1L << 32) - 11;
    private static final long BITMAP_BYTES = (CLUSTERS + 7) / 8;
    private static final byte[] ZEROS = new byte[1 << 16];

    @Test
    void passesOverTheBitmapOnceInBoundedMemory() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.clusterShift = 16;
        volume.clusterCount = CLUSTERS;
        volume.fillBitmap = false;
        // sixteen clusters of bitmap, in two runs
        volume.bitmap = List.of(100L, 101L, 102L, 103L, 104L, 105L, 106L, 107L,
                4_000_000_000L, 4_000_000_001L, 4_000_000_002L, 4_000_000_003L, 4_000_000_004L, 4_000_000_005L,
                4_000_000_006L, 4_000_000_007L);
        volume.upcase = List.of(6L);
        volume.build();
        // clusters 2 to 9, 98 to 113, 3999999994 to 4000000009 and, of the last byte, 4294967282 to 4294967286
        use(volume, 2, 1);
        use(volume, 98, 2);
        use(volume, 3_999_999_994L, 2);
        use(volume, 4_294_967_282L, 1);
        CountingDevice device = new CountingDevice(volume.deviceLength(), 512, (offset, target) -> read(volume, offset, target));

        Allocation allocation = new ExfatAllocator().recognise(device).orElseThrow();
        assertThat(device.bytesRead()).as("read to recognise the volume").isLessThan(1 << 20);
        device.resetCounts();
        ExtentList found = ExtentsInUse.of(allocation, device);

        long cluster = 32L << 20;
        assertThat(found).isEqualTo(new ExtentList.Builder().add(0, volume.clusterOffset(10))
                .add(volume.clusterOffset(98), 16 * cluster).add(volume.clusterOffset(3_999_999_994L), 16 * cluster)
                .add(volume.clusterOffset(4_294_967_282L), 5 * cluster).build());
        assertThat(device.bytesRead()).as("each byte of the bitmap once").isBetween(BITMAP_BYTES, BITMAP_BYTES + 1024);
        assertThat(device.longestRead()).isEqualTo(BitmapReader.BLOCK_LENGTH);
    }

    private static void use(VolumeBuilder volume, long firstCluster, int byteCount) {
        for (long at = (firstCluster - 2) / 8; at < (firstCluster - 2) / 8 + byteCount; at++) {
            volume.bytes.write(volume.clusterOffset(volume.bitmap.get((int) (at / volume.clusterSize())))
                    + at % volume.clusterSize(), (byte) 0xFF);
        }
    }

    /** What was written is found page by page, which is too slow for the whole bitmap. */
    private static void read(VolumeBuilder volume, long offset, ByteBuffer target) {
        if (target.remaining() < ZEROS.length || volume.bytes.isWritten(offset, target.remaining())) {
            volume.bytes.read(offset, target);
            return;
        }
        while (target.hasRemaining()) {
            target.put(ZEROS, 0, Math.min(ZEROS.length, target.remaining()));
        }
    }
}
