package org.imagingutility.allocator.btrfs.layout;

/**
 * Where a tree begins. Immutable.
 *
 * @param owner number of the tree
 * @param logical logical address of its root node
 * @param level level of that node, 0 to 7
 * @param generation transaction that wrote the node
 */
public record TreeRoot(long owner, long logical, int level, long generation) {
    /** Levels of a tree are below this ({@code BTRFS_MAX_LEVEL}). */
    public static final int MAX_LEVEL = 8;
    /** Number of the tree of roots. */
    public static final long ROOTS = 1;
    /** Number of the extent tree. */
    public static final long EXTENTS = 2;
    /** Number of the chunk tree. */
    public static final long CHUNKS = 3;
    /** Number of the device tree. */
    public static final long DEVICES = 4;
    /** Number of the free-space tree. */
    public static final long FREE_SPACE = 10;
    /** Number of the tree of block groups, where they have one. */
    public static final long BLOCK_GROUPS = 11;
    /** Number of the trees of logs. */
    public static final long LOGS = -6;
}
