package org.imagingutility.fs.ext.layout;

/**
 * The measures of a volume, and where its fixed structures follow from them: "Layout", "Flexible Block Groups" and "Meta
 * Block Groups" of the kernel's ext4 documentation; the arithmetic is that of {@code ext2fs_super_and_bgd_loc2} and
 * {@code ext2fs_descriptor_block_loc2} in libext2fs. Values are in range, agree with each other and fit the device.
 *
 * @param blockSize bytes of one block, a power of two from 1024 to 65536
 * @param clusterShift power of two of blocks that a bit of a bitmap stands for; 0 without bigalloc
 * @param firstBlock number of the block group 0 begins with, 0 or 1
 * @param blockCount number of blocks, those before {@code firstBlock} included
 * @param blocksPerGroup blocks of each group but the last; whole clusters
 * @param groupCount number of groups
 * @param inodeSize bytes of one inode, a power of two of 128 bytes or more
 * @param inodesPerGroup inodes of each group
 * @param descriptorSize bytes of one group descriptor, a power of two of 32 bytes or more
 * @param firstMetaBg how many blocks of descriptors stand behind the superblock and its copies; those that follow stand
 *        in the groups they describe
 * @param reservedDescriptorBlocks blocks behind those, kept for a table that grows
 * @param backups which groups have a copy of the superblock
 */
public record Geometry(int blockSize, int clusterShift, long firstBlock, long blockCount, long blocksPerGroup, long groupCount,
        int inodeSize, long inodesPerGroup, int descriptorSize, long firstMetaBg, long reservedDescriptorBlocks,
        BackupRule backups) {

    /** Returns the first block of {@code group}. */
    public long groupStart(long group) {
        return firstBlock + group * blocksPerGroup;
    }

    /** Returns the block behind {@code group}: the last group may be short. */
    public long groupEnd(long group) {
        return Math.min(blockCount, groupStart(group) + blocksPerGroup);
    }

    /** Returns how many clusters {@code group} has; the last one of the volume may be cut. */
    public int clusters(long group) {
        return (int) (groupEnd(group) - groupStart(group) - 1 >> clusterShift) + 1;
    }

    /** Returns how many bits of a bitmap its checksum covers. */
    public int clustersPerGroup() {
        return (int) (blocksPerGroup >> clusterShift);
    }

    /** Returns how many descriptors a block has. */
    public int descriptorsPerBlock() {
        return blockSize / descriptorSize;
    }

    /** Returns the blocks of one group's inode table. */
    public long inodeTableBlocks() {
        return (inodesPerGroup * inodeSize - 1) / blockSize + 1;
    }

    /** Returns the byte offset of {@code block}. */
    public long offset(long block) {
        return block * blockSize;
    }

    /** Returns the first byte behind the last block. */
    public long length() {
        return offset(blockCount);
    }

    /** Returns the block that holds the descriptors of group {@code index * descriptorsPerBlock()} and of those after it. */
    public long descriptorBlock(long index) {
        if (index < firstMetaBg) {
            return superblock(0) + 1 + index;
        }
        long group = index * descriptorsPerBlock();
        return superblock(group) + (backups.hasSuperblock(group) ? 1 : 0);
    }

    /**
     * Returns the block behind the superblock, the descriptors and what is reserved for more at the beginning of
     * {@code group}; the group's first block if it has none of them.
     */
    public long headEnd(long group) {
        boolean copy = backups.hasSuperblock(group);
        long index = group / descriptorsPerBlock();
        long end = copy ? superblock(group) + 1 : groupStart(group);
        if (index < firstMetaBg) {
            end += copy ? firstMetaBg + reservedDescriptorBlocks : 0;
        } else {
            long at = group % descriptorsPerBlock();
            // the block of a meta block group stands in its first, second and last group
            end += at == 0 || at == 1 || at == descriptorsPerBlock() - 1 ? 1 : 0;
        }
        return Math.min(end, groupEnd(group));
    }

    /** With blocks of 1024 bytes the superblock is block 1, even where (bigalloc) the first group begins with block 0. */
    private long superblock(long group) {
        long start = groupStart(group);
        return start == 0 && blockSize == Superblock.OFFSET ? 1 : start;
    }
}
