package org.imagingutility.allocator.btrfs.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * Features of a file system ({@code incompat_flags}, {@code compat_ro_flags}), and states that are flags of its superblock
 * (kernel, include/uapi/linux/btrfs.h and btrfs_tree.h). Immutable.
 *
 * @param incompatible features without which it cannot be read
 * @param readOnly features without which it must not be written to
 * @param flags flags of the superblock
 */
public record Features(long incompatible, long readOnly, long flags) {
    private static final int METADATA_UUID = 10;
    private static final int BLOCK_GROUP_TREE = 3;
    private static final int ERROR = 2;
    /** The bits that are understood: those up to 11 are, and simple quotas, which add items only that are not looked at. */
    private static final long KNOWN_INCOMPATIBLE = 0xFFF | 1 << 16;
    /** Free-space trees, fs-verity, block-group tree. */
    private static final long KNOWN_READ_ONLY = 0xF;
    /** Headers written and relocated trees (bits 0 and 1) say nothing of the layout. */
    private static final long KNOWN_FLAGS = 0x7;

    private static String incompatibleName(int bit) {
        return switch (bit) {
            case 12 -> "zoned";
            case 13 -> "extent-tree-v2";
            case 14 -> "raid-stripe-tree";
            default -> "unknown (incompat bit " + bit + ")";
        };
    }

    private static String flagName(int bit) {
        return switch (bit) {
            case 32 -> "is a seed of other file systems";
            case 33, 34 -> "is a dump of metadata";
            case 35, 36 -> "is about to get another UUID";
            case 38 -> "is about to get or lose a block-group tree";
            case 39, 40 -> "is about to get other checksums";
            default -> "has the unknown flag of bit " + bit;
        };
    }

    /** Returns the features that are not understood, by name. */
    public List<String> unsupported() {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if (isSet(incompatible & ~KNOWN_INCOMPATIBLE, bit)) {
                names.add(incompatibleName(bit));
            }
        }
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if (isSet(readOnly & ~KNOWN_READ_ONLY, bit)) {
                names.add("unknown (compat_ro bit " + bit + ")");
            }
        }
        return names;
    }

    /** Returns the states in which it is not read, as the rest of sentences about the file system. */
    public List<String> refusedStates() {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if (isSet(flags & ~KNOWN_FLAGS, bit)) {
                names.add(flagName(bit));
            }
        }
        return names;
    }

    /** Says whether a driver noted errors. */
    public boolean errors() {
        return isSet(flags, ERROR);
    }

    /** Says whether nodes have another UUID than the file system shows ({@code btrfstune -m}). */
    public boolean metadataUuid() {
        return isSet(incompatible, METADATA_UUID);
    }

    /** Says whether block groups stand in a tree of their own. */
    public boolean blockGroupTree() {
        return isSet(readOnly, BLOCK_GROUP_TREE);
    }

    /** Says whether there is a free-space tree that holds: what does not know it takes the second bit away when it writes. */
    public boolean freeSpaceTree() {
        return (readOnly & 3) == 3;
    }

    private static boolean isSet(long bits, int bit) {
        return (bits >>> bit & 1) != 0;
    }
}
