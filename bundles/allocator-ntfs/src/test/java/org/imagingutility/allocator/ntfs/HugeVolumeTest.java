package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeSet;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.allocator.ntfs.clusters.BitmapReader;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;

/** 64 TiB in clusters of 4 KiB: the bitmap alone has 2 GiB, more than the heap of this test. */
class HugeVolumeTest {
    private static final long CLUSTERS = 1L << 34;
    private static final long BITMAP_BYTES = CLUSTERS / 8;
    private static final long BITMAP_CLUSTERS = BITMAP_BYTES / 4096;
    private static final byte[] ZEROS = new byte[1 << 16];

    /** The bitmap's clusters, in two runs far apart, and what is in use: both by number of the first cluster. */
    private static final Run FIRST = new Run(1L << 33, BITMAP_CLUSTERS / 2);
    private static final Run SECOND = new Run(3L << 32, BITMAP_CLUSTERS / 2);

    private final VolumeBuilder volume = new VolumeBuilder();
    private final TreeSet<Long> bytesInUse = new TreeSet<>();

    @Test
    void passesOverTheBitmapOnceInBoundedMemory() throws ImagingException {
        volume.clusters(4096, CLUSTERS);
        volume.fillBitmap = false;
        volume.bitmap = List.of(FIRST, SECOND);
        volume.build();
        use(0, 8);
        use(8, 16);
        use(FIRST.lcn(), FIRST.length());
        use(SECOND.lcn(), SECOND.length());
        use(CLUSTERS - 8, 8);
        CountingDevice device = new CountingDevice(volume.deviceLength(), 512, this::read);

        Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
        assertThat(device.bytesRead()).as("read to recognise the volume").isLessThan(64 << 10);
        assertThat(device.longestRead()).isLessThan(8 << 10);
        device.resetCounts();
        ExtentList found = ExtentsInUse.of(allocation, device);

        assertThat(found).isEqualTo(new ExtentList.Builder().add(0, 24 * 4096)
                .add(FIRST.lcn() * 4096, FIRST.length() * 4096).add(SECOND.lcn() * 4096, SECOND.length() * 4096)
                .add((CLUSTERS - 8) * 4096, 8 * 4096 + 512).build());
        assertThat(device.bytesRead()).as("each byte of the bitmap once").isEqualTo(BITMAP_BYTES);
        assertThat(device.longestRead()).isEqualTo(BitmapReader.BLOCK_LENGTH);
        assertThat(device.readCount()).isEqualTo(BITMAP_BYTES / BitmapReader.BLOCK_LENGTH);
    }

    private void use(long cluster, long count) {
        for (long i = cluster; i < cluster + count; i += 8) {
            bytesInUse.add(i / 8);
        }
    }

    private void read(long offset, ByteBuffer target) {
        long cluster = offset / 4096;
        long position = offset % 4096;
        if (cluster >= SECOND.lcn() && cluster < SECOND.lcn() + SECOND.length()) {
            readBitmap(BITMAP_BYTES / 2 + (cluster - SECOND.lcn()) * 4096 + position, target);
        } else if (cluster >= FIRST.lcn() && cluster < FIRST.lcn() + FIRST.length()) {
            readBitmap((cluster - FIRST.lcn()) * 4096 + position, target);
        } else {
            volume.bytes.read(offset, target);
        }
    }

    private void readBitmap(long position, ByteBuffer target) {
        int start = target.position();
        int length = target.remaining();
        while (target.hasRemaining()) {
            target.put(ZEROS, 0, Math.min(ZEROS.length, target.remaining()));
        }
        bytesInUse.subSet(position, position + length)
                .forEach(used -> target.put(start + (int) (used - position), (byte) 0xFF));
    }
}
