package org.imagingutility.fs.ext.layout;

/**
 * The three sets of features of a superblock ({@code s_feature_compat}, {@code s_feature_incompat},
 * {@code s_feature_ro_compat}), as in "The Super Block" of the kernel's ext4 documentation.
 *
 * @param compat may be ignored by those who do not know them
 * @param incompat must be known to do anything
 * @param roCompat must be known to write; some of them change what a bitmap means ({@code bigalloc})
 */
public record Features(int compat, int incompat, int roCompat) {
    static final int HAS_JOURNAL = 0x4;
    static final int SPARSE_SUPER2 = 0x200;

    static final int RECOVER = 0x4;
    static final int JOURNAL_DEVICE = 0x8;
    static final int META_BG = 0x10;
    static final int LONG_BLOCK_NUMBERS = 0x80;
    static final int FLEX_BG = 0x200;
    static final int CHECKSUM_SEED = 0x2000;

    static final int SPARSE_SUPER = 0x1;
    static final int GDT_CHECKSUM = 0x10;
    static final int BIGALLOC = 0x200;
    static final int METADATA_CHECKSUM = 0x400;
    static final int SHARED_BLOCKS = 0x4000;
    static final int ORPHAN_PRESENT = 0x1_0000;

    /**
     * What is known to leave the meaning of bitmaps and descriptors as it is read here: filetype, recover, meta_bg,
     * extents, 64bit, mmp, flex_bg, ea_inode, dirdata, csum_seed, largedir, inline_data, encrypt, casefold. Without
     * compression (0x1), which no kernel has, and journal_dev, which is no file system.
     */
    private static final int KNOWN_INCOMPAT = 0x2 | RECOVER | META_BG | 0x40 | LONG_BLOCK_NUMBERS | 0x100 | FLEX_BG
            | 0x400 | 0x1000 | CHECKSUM_SEED | 0x4000 | 0x8000 | 0x1_0000 | 0x2_0000;
    /**
     * sparse_super, large_file, btree_dir, huge_file, gdt_csum, dir_nlink, extra_isize, quota, bigalloc, metadata_csum,
     * read-only, project, shared_blocks, verity, orphan_present. Without has_snapshot (0x80) and replica (0x800), which
     * no kernel has.
     */
    private static final int KNOWN_RO_COMPAT = 0x7F | 0x100 | BIGALLOC | METADATA_CHECKSUM | 0x1000 | 0x2000
            | SHARED_BLOCKS | 0x8000 | ORPHAN_PRESENT;
    /** What ext3 knows: filetype, recover, meta_bg; sparse_super, large_file, btree_dir. Anything else makes an ext4. */
    private static final int EXT3_INCOMPAT = 0x2 | RECOVER | META_BG;
    private static final int EXT3_RO_COMPAT = 0x7;

    /** Returns the incompatible features that are not known here, as bits. */
    int unknownIncompat() {
        return incompat & ~KNOWN_INCOMPAT;
    }

    /** Returns the features that are not known here and forbid writing, as bits. */
    int unknownRoCompat() {
        return roCompat & ~KNOWN_RO_COMPAT;
    }

    /** Returns the name users know the file system by: ext2, ext3 or ext4. */
    public String fileSystem() {
        if ((incompat & ~EXT3_INCOMPAT) != 0 || (roCompat & ~EXT3_RO_COMPAT) != 0) {
            return "ext4";
        }
        return hasJournal() ? "ext3" : "ext2";
    }

    public boolean hasJournal() {
        return (compat & HAS_JOURNAL) != 0;
    }

    public boolean sparseSuper() {
        return (roCompat & SPARSE_SUPER) != 0;
    }

    public boolean sparseSuper2() {
        return (compat & SPARSE_SUPER2) != 0;
    }

    public boolean needsRecovery() {
        return (incompat & RECOVER) != 0;
    }

    public boolean metaBg() {
        return (incompat & META_BG) != 0;
    }

    public boolean longBlockNumbers() {
        return (incompat & LONG_BLOCK_NUMBERS) != 0;
    }

    public boolean flexBg() {
        return (incompat & FLEX_BG) != 0;
    }

    public boolean checksumSeed() {
        return (incompat & CHECKSUM_SEED) != 0;
    }

    public boolean bigalloc() {
        return (roCompat & BIGALLOC) != 0;
    }

    public boolean metadataChecksum() {
        return (roCompat & METADATA_CHECKSUM) != 0;
    }

    /** Files share blocks. */
    public boolean sharedBlocks() {
        return (roCompat & SHARED_BLOCKS) != 0;
    }

    /** The file of orphans lists inodes that the next mount removes or cuts. */
    public boolean orphanPresent() {
        return (roCompat & ORPHAN_PRESENT) != 0;
    }

    /** Descriptors have a checksum: only then their flags mean anything. */
    public boolean descriptorChecksum() {
        return (roCompat & (METADATA_CHECKSUM | GDT_CHECKSUM)) != 0;
    }
}
