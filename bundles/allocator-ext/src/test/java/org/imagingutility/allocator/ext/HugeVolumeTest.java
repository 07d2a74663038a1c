package org.imagingutility.allocator.ext;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.group.DescriptorReader;
import org.imagingutility.fs.ext.layout.BackupRule;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;

/** 64 TiB in blocks of 4 KiB: the bitmaps alone have 2 GiB, more than the heap of this test. */
class HugeVolumeTest {
    private static final int BLOCK = 4096;
    private static final long BLOCKS = 1L << 34;
    private static final long GROUP_BLOCKS = 32768;
    private static final int GROUPS = (int) (BLOCKS / GROUP_BLOCKS);
    private static final int FLEX = 16;
    private static final long TABLE = 64;
    private static final long INODES = TABLE * BLOCK / 256;
    /** Descriptor blocks behind the superblock. */
    private static final long TABLE_BLOCKS = GROUPS * 64L / BLOCK;
    /** Where the bitmaps of a flexible group begin, from its first block on. */
    private static final long HEAD = 1 + TABLE_BLOCKS;
    /** A group of files, used to its last block. */
    private static final int FULL_GROUP = 300_000;

    private static final byte[] ZEROS = new byte[BLOCK];
    private static final BackupRule BACKUPS = new BackupRule(true, false, 0, 0);
    private final SparseBytes superblock = new SparseBytes();

    @Test
    void passesOverTheBitmapsOnceInBoundedMemory() throws ImagingException {
        writeSuperblock();
        CountingDevice device = new CountingDevice(BLOCKS * BLOCK, 512, this::read);

        Allocation allocation = new ExtAllocator().recognise(device).orElseThrow();
        assertThat(device.bytesRead()).as("each descriptor once, to recognise the volume")
                .isBetween(GROUPS * 64L, GROUPS * 64L + 8192);
        device.resetCounts();
        ExtentList found = ExtentsInUse.of(allocation, device);

        assertThat(found).isEqualTo(expected());
        assertThat(device.bytesRead()).as("each descriptor and each bitmap once").isEqualTo((long) GROUPS * (BLOCK + 64));
        assertThat(device.readCount()).as("bitmaps of a flexible group in one go, descriptors in pieces of 1 MiB")
                .isEqualTo(GROUPS / FLEX + GROUPS * 64L / DescriptorReader.STRETCH);
        assertThat(device.longestRead()).isEqualTo(DescriptorReader.STRETCH);
    }

    private static ExtentList expected() {
        ExtentList.Builder expected = new ExtentList.Builder();
        for (int group = 0; group < GROUPS; group++) {
            long start = group * GROUP_BLOCKS;
            if (group == FULL_GROUP) {
                expected.add(start * BLOCK, GROUP_BLOCKS * BLOCK);
            } else if (group % FLEX == 0) {
                long from = BACKUPS.hasSuperblock(group) ? start : start + HEAD;
                expected.add(from * BLOCK, (start + HEAD + FLEX * (2 + TABLE) - from) * BLOCK);
            } else if (BACKUPS.hasSuperblock(group)) {
                expected.add(start * BLOCK, HEAD * BLOCK);
            }
        }
        return expected.build();
    }

    private void writeSuperblock() {
        ByteBuffer block = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(0x00, (int) (INODES * GROUPS)).putInt(0x04, (int) BLOCKS).putInt(0x150, (int) (BLOCKS >> 32))
                .putInt(0x18, 2).putInt(0x1C, 2).putInt(0x20, (int) GROUP_BLOCKS).putInt(0x28, (int) INODES)
                .putShort(0x38, (short) 0xEF53).putShort(0x3A, (short) 1).putInt(0x4C, 1).putShort(0x58, (short) 256)
                .putInt(0x60, 0x2 | 0x80 | 0x200).putInt(0x64, 1).putShort(0xFE, (short) 64);
        superblock.write(1024, block.array());
    }

    /** Gives the bytes of whole blocks as they are asked for. */
    private void read(long offset, ByteBuffer target) {
        long block = offset / BLOCK;
        if (block == 0) {
            superblock.read(offset, target);
        } else if (block <= TABLE_BLOCKS) {
            readDescriptors((int) ((offset - BLOCK) / 64), target);
        } else {
            while (target.hasRemaining()) {
                readBitmap(block++, target);
            }
        }
    }

    private static void readDescriptors(int first, ByteBuffer target) {
        target.order(ByteOrder.LITTLE_ENDIAN);
        for (int group = first; target.hasRemaining(); group++) {
            int at = target.position();
            target.put(new byte[64]).position(at);
            long base = (long) group / FLEX * FLEX * GROUP_BLOCKS + HEAD;
            int index = group % FLEX;
            putBlock(target, at, base + index);
            putBlock(target, at + 4, base + FLEX + index);
            putBlock(target, at + 8, base + 2 * FLEX + index * TABLE);
            target.putShort(at + 0xC, (short) (GROUP_BLOCKS - used(group)));
            target.position(at + 64);
        }
    }

    private static void putBlock(ByteBuffer target, int at, long block) {
        target.putInt(at, (int) block).putInt(at + 0x20, (int) (block >> 32));
    }

    private static long used(int group) {
        if (group == FULL_GROUP) {
            return GROUP_BLOCKS;
        }
        return (BACKUPS.hasSuperblock(group) ? HEAD : 0) + (group % FLEX == 0 ? FLEX * (2 + TABLE) : 0);
    }

    private static void readBitmap(long block, ByteBuffer target) {
        long inFlex = block % (GROUP_BLOCKS * FLEX) - HEAD;
        if (inFlex < 0 || inFlex >= FLEX) {
            throw new AssertionError("block " + block + " is read, which is no bitmap");
        }
        int group = (int) (block / (GROUP_BLOCKS * FLEX) * FLEX + inFlex);
        if (used(group) == 0) {
            target.put(ZEROS);
            return;
        }
        byte[] bytes = new byte[BLOCK];
        long from = group % FLEX == 0 && !BACKUPS.hasSuperblock(group) && group != FULL_GROUP ? HEAD : 0;
        for (long bit = from; bit < from + used(group); bit++) {
            bytes[(int) (bit / 8)] |= (byte) (1 << bit % 8);
        }
        target.put(bytes);
    }
}
