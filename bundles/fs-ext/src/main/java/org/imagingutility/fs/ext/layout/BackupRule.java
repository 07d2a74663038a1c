package org.imagingutility.fs.ext.layout;

/**
 * Which groups begin with a copy of the superblock: {@code ext2fs_bg_has_super} of libext2fs, "Layout" of the kernel's
 * ext4 documentation.
 *
 * @param sparse only groups 0, 1 and powers of 3, 5 and 7 (sparse_super)
 * @param sparse2 only group 0 and the two groups that follow (sparse_super2)
 * @param first number of a group with a copy, 0 if none
 * @param second number of a group with a copy, 0 if none
 */
public record BackupRule(boolean sparse, boolean sparse2, long first, long second) {

    /** Says whether {@code group} begins with a superblock. */
    public boolean hasSuperblock(long group) {
        if (group == 0) {
            return true;
        }
        if (sparse2) {
            return group == first || group == second;
        }
        return !sparse || group == 1 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
    }

    private static boolean isPower(long number, int base) {
        long rest = number;
        while (rest % base == 0) {
            rest /= base;
        }
        return rest == 1;
    }
}
