package org.imagingutility.allocator.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.imagingutility.fs.ext.layout.Checksums;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;

/**
 * Writes the structures of a volume. Where things are is worked out here once more, in the plainest way: a set of blocks
 * that are in use, filled block by block.
 */
final class VolumeBuilder {
    static final byte[] UUID = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    static final int JOURNAL_INODE = 8;

    int blockSize = 1024;
    int blocksPerGroup = 512;
    int inodesPerGroup = 16;
    int blockCount = 3000;
    int clusterShift;
    int compat;
    int incompat = 0x2;
    int roCompat = 0x1;
    int descriptorSize = 64;
    int reserved;
    int firstMetaBg;
    int[] backups = {0, 0};
    /** Groups whose metadata is together in the first of them, with flex_bg. */
    int flexGroups = 1;
    int state = 1;
    int journalDevice;
    long surplusBytes;
    /** Blocks of the journal; whatever is listed in {@link #inUse} too. */
    List<Integer> journal = List.of();
    /** Groups with BLOCK_UNINIT: nothing but structures is in use there, and their bitmap holds ones. */
    final BitSet uninitialised = new BitSet();
    /** Blocks of files; after {@link #build}, all that is in use. */
    final BitSet inUse = new BitSet();
    /** Clusters that {@link #build} leaves free in their bitmap, by their first block, although {@link #inUse} has them. */
    final BitSet forgotten = new BitSet();
    final SparseBytes bytes = new SparseBytes();
    final List<int[]> descriptors = new ArrayList<>();

    long deviceLength() {
        return (long) blockCount * blockSize + surplusBytes;
    }

    int firstBlock() {
        return blockSize == 1024 && clusterShift == 0 ? 1 : 0;
    }

    int groups() {
        return (blockCount - firstBlock() + blocksPerGroup - 1) / blocksPerGroup;
    }

    int descriptorLength() {
        return (incompat & 0x80) == 0 ? 32 : descriptorSize;
    }

    int start(int group) {
        return firstBlock() + group * blocksPerGroup;
    }

    int end(int group) {
        return Math.min(blockCount, start(group) + blocksPerGroup);
    }

    int tableBlocks() {
        return (inodesPerGroup * 128 + blockSize - 1) / blockSize;
    }

    private boolean backup(int group) {
        if (group == 0) {
            return true;
        }
        if ((compat & 0x200) != 0) {
            return group == backups[0] || group == backups[1];
        }
        return (roCompat & 1) == 0 || List.of(1, 3, 9, 27, 81, 5, 25, 125, 7, 49).contains(group);
    }

    CountingDevice build(int sectorSize) {
        BitSet structures = new BitSet();
        int perBlock = blockSize / descriptorLength();
        int tableLength = (groups() + perBlock - 1) / perBlock;
        boolean meta = (incompat & 0x10) != 0;
        int classic = meta ? firstMetaBg : tableLength;
        int[] descriptorBlocks = new int[tableLength];
        int shift = blockSize == 1024 && firstBlock() == 0 ? 1 : 0;
        structures.set(0);
        for (int group = 0; group < groups(); group++) {
            int at = start(group) + (group == 0 ? shift : 0);
            if (backup(group)) {
                structures.set(at++);
                for (int i = 0; i < classic + (meta ? 0 : reserved) && group / perBlock < classic; i++) {
                    descriptorBlocks[Math.min(i, tableLength - 1)] += group == 0 && i < classic ? at : 0;
                    structures.set(at++);
                }
            }
            int inMeta = group % perBlock;
            if (group / perBlock >= classic && (inMeta == 0 || inMeta == 1 || inMeta == perBlock - 1)) {
                descriptorBlocks[group / perBlock] += inMeta == 0 ? at : 0;
                structures.set(at);
            }
        }
        place(structures);
        inUse.or(structures);
        journal.forEach(inUse::set);
        roundToClusters();
        writeGroups(descriptorBlocks, perBlock);
        writeJournalInode();
        writeSuperblock();
        return device(sectorSize);
    }

    CountingDevice device(int sectorSize) {
        return new CountingDevice(deviceLength(), sectorSize, bytes);
    }

    /** Takes the first free blocks from the group (or the first of its flexible group) on. */
    private void place(BitSet structures) {
        for (int group = 0; group < groups(); group++) {
            int from = start(group / flexGroups * flexGroups);
            int bitmap = take(structures, from, 1);
            int inodes = take(structures, from, 1);
            descriptors.add(new int[] {bitmap, inodes, take(structures, from, tableBlocks())});
        }
    }

    private int take(BitSet structures, int from, int count) {
        int block = structures.nextClearBit(from);
        while (structures.nextSetBit(block) >= 0 && structures.nextSetBit(block) < block + count) {
            block = structures.nextClearBit(structures.nextSetBit(block));
        }
        structures.set(block, block + count);
        return block;
    }

    private void roundToClusters() {
        for (int block = inUse.nextSetBit(0); block >= 0 && clusterShift > 0; block = inUse.nextSetBit(block + 1)) {
            int cluster = block >> clusterShift << clusterShift;
            inUse.set(cluster, Math.min(blockCount, cluster + (1 << clusterShift)));
        }
    }

    private void writeGroups(int[] descriptorBlocks, int perBlock) {
        Checksums checksums = Checksums.of((roCompat & 0x400) != 0, UUID);
        for (int group = 0; group < groups(); group++) {
            BitSet bits = new BitSet();
            int clusters = (end(group) - start(group) - 1 >> clusterShift) + 1;
            int free = clusters;
            for (int i = 0; i < clusters; i++) {
                int block = start(group) + (i << clusterShift);
                if (inUse.get(block)) {
                    free--;
                    bits.set(i, !forgotten.get(block));
                }
            }
            bits.set(clusters, blockSize * 8);
            boolean uninit = uninitialised.get(group);
            if (uninit) {
                bits.set(0, blockSize * 8);
            }
            byte[] bitmap = Arrays.copyOf(bits.toByteArray(), blockSize);
            bytes.write((long) descriptors.get(group)[0] * blockSize, bitmap);
            ByteBuffer descriptor = ByteBuffer.allocate(descriptorLength()).order(ByteOrder.LITTLE_ENDIAN);
            descriptor.putInt(0, descriptors.get(group)[0]).putInt(4, descriptors.get(group)[1])
                    .putInt(8, descriptors.get(group)[2]).putShort(12, (short) free)
                    .putShort(0x12, (short) (uninit ? 2 : 0));
            int bitmapSum = checksums.ofBitmap(ByteBuffer.wrap(bitmap, 0, (blocksPerGroup >> clusterShift) / 8));
            descriptor.putShort(0x18, (short) bitmapSum);
            if (descriptorLength() >= 64) {
                descriptor.putShort(0x38, (short) (bitmapSum >> 16));
            }
            if ((roCompat & 0x410) != 0) {
                descriptor.putShort(0x1E, (short) checksums.ofDescriptor(group, descriptor));
            }
            bytes.write(descriptorOffset(descriptorBlocks[group / perBlock], group % perBlock), descriptor.array());
        }
    }

    private long descriptorOffset(int block, int index) {
        return (long) block * blockSize + (long) index * descriptorLength();
    }

    /** Returns where the inode of the journal begins. */
    long journalInodeOffset() {
        return (long) descriptors.get(0)[2] * blockSize + (JOURNAL_INODE - 1) * 128;
    }

    /** Lists up to twelve blocks one by one, or up to four extents. */
    private void writeJournalInode() {
        if (journal.isEmpty()) {
            return;
        }
        long inode = journalInodeOffset();
        bytes.writeShort(inode, 0x8180);
        bytes.writeInt(inode + 4, journal.size() * blockSize);
        if ((incompat & 0x40) == 0) {
            for (int i = 0; i < journal.size(); i++) {
                bytes.writeInt(inode + 0x28 + 4L * i, journal.get(i));
            }
            return;
        }
        bytes.writeInt(inode + 0x20, 0x80000);
        int count = 0;
        for (int i = 0; i < journal.size(); count++) {
            int length = 1;
            while (i + length < journal.size() && journal.get(i + length) == journal.get(i) + length) {
                length++;
            }
            long entry = inode + 0x28 + 12 + 12L * count;
            bytes.writeInt(entry, i);
            bytes.writeShort(entry + 4, length);
            bytes.writeInt(entry + 8, journal.get(i));
            i += length;
        }
        bytes.writeShort(inode + 0x28, 0xF30A);
        bytes.writeShort(inode + 0x28 + 2, count);
        bytes.writeShort(inode + 0x28 + 4, 4);
    }

    private void writeSuperblock() {
        ByteBuffer block = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        int logBlock = Integer.numberOfTrailingZeros(blockSize) - 10;
        block.putInt(0x00, inodesPerGroup * groups()).putInt(0x04, blockCount).putInt(0x14, firstBlock())
                .putInt(0x18, logBlock).putInt(0x1C, logBlock + clusterShift).putInt(0x20, blocksPerGroup)
                .putInt(0x24, blocksPerGroup >> clusterShift).putInt(0x28, inodesPerGroup).putShort(0x38, (short) 0xEF53)
                .putShort(0x3A, (short) state).putInt(0x4C, 1).putShort(0x58, (short) 128)
                .putInt(0x5C, compat).putInt(0x60, incompat).putInt(0x64, roCompat).put(0x68, UUID)
                .put(0x78, "a label".getBytes(StandardCharsets.UTF_8)).putShort(0xCE, (short) reserved)
                .putInt(0xE0, journal.isEmpty() ? 0 : JOURNAL_INODE).putInt(0xE4, journalDevice)
                .putShort(0xFE, (short) ((incompat & 0x80) == 0 ? 0 : descriptorSize)).putInt(0x104, firstMetaBg)
                .put(0x175, (byte) 1).putInt(0x24C, backups[0]).putInt(0x250, backups[1]);
        block.putInt(0x3FC, Checksums.plain(block.slice(0, 0x3FC)));
        bytes.write(1024, block.array());
    }
}
