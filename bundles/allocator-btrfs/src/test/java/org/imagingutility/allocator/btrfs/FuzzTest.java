package org.imagingutility.allocator.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.allocator.VolumeFuzz;
import org.imagingutility.tck.allocator.VolumeFuzz.Target;
import org.junit.jupiter.api.Test;

/** Changes bytes of the superblock and of all nodes of the trees that are read at random, and mostly makes their sums right. */
class FuzzTest {
    private static final int BLOCK = 4096;
    private static final int SUPERBLOCK = 65_536;
    private static final long READ_LIMIT = 40L << 20;

    private final byte[] image = Volumes.bytes("mixed-crc32c");
    private final ExtentList needed = Volumes.expected("mixed-crc32c");
    private final List<Integer> blocks = new ArrayList<>();

    /** What is read in spite of a change lacks nothing: where one tree is changed, another one contradicts it. */
    @Test
    void aChangedVolumeIsRefusedOrNothingInUseIsMissing() throws ImagingException {
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        List<Target> targets = new ArrayList<>(List.of(new Target(SUPERBLOCK + 32, 0x32B + 200 - 32)));
        blocks.add(SUPERBLOCK);
        for (int at = 1 << 20; at < image.length; at += BLOCK) {
            boolean node = bytes.getLong(at + 0x20) == bytes.getLong(SUPERBLOCK + 0x20)
                    && bytes.getLong(at + 0x28) == bytes.getLong(SUPERBLOCK + 0x28);
            long owner = bytes.getLong(at + 0x58);
            if (node && (owner >= 1 && owner <= 4 || owner == 10)) {
                blocks.add(at);
                targets.add(new Target(at + 0x20, BLOCK - 0x20));
                // heads of items, where a change says most
                targets.add(new Target(at + 0x50, 200));
            }
        }
        assertThat(targets).hasSizeGreaterThan(10);
        new VolumeFuzz(new BtrfsAllocator(), READ_LIMIT).mending(image.length, this::writeChecksums)
                .looking((allocation, device, what) -> assertThat(VolumesTest.covers(ExtentsInUse.of(allocation, device), needed))
                        .as(what).isTrue()).run(image, targets);
    }

    private void writeChecksums(byte[] changed) {
        for (int at : blocks) {
            CRC32C crc = new CRC32C();
            crc.update(changed, at + 32, BLOCK - 32);
            ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, (int) crc.getValue());
        }
    }
}
