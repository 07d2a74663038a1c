package org.imagingutility.api.files;

/**
 * Owner and permissions of a file.
 *
 * @param permissions the lower twelve bits of {@code st_mode}: read, write and execute for owner, group and others, set-user-id, set-group-id
 *        and the sticky bit
 * @param owner number of the user
 * @param group number of the group
 */
public record PosixAttributes(int permissions, long owner, long group) {
    private static final int ALL = 0xFFF;

    /** Checks the values. */
    public PosixAttributes {
        if ((permissions & ~ALL) != 0 || owner < 0 || group < 0) {
            throw new IllegalArgumentException("permissions " + Integer.toOctalString(permissions) + ", owner " + owner + ", group " + group);
        }
    }
}
