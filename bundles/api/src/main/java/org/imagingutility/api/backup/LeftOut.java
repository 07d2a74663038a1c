package org.imagingutility.api.backup;

import java.util.Objects;

/**
 * A range of the disk that a set does not hold although it lies in no partition.
 *
 * @param offset first byte on the disk
 * @param length bytes, positive
 * @param content what was found there
 * @param reason why it was left out, a part of a sentence
 */
public record LeftOut(long offset, long length, Content content, String reason) {

    /** Checks the values. */
    public LeftOut {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(reason, "reason");
        if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("left out at " + offset + ": no range of " + length + " bytes");
        }
    }

    /** Returns the first byte behind it. */
    public long end() {
        return offset + length;
    }

    /** What was found in a range that was left out. */
    public enum Content {
        /** Zeros and nothing else: all of it was read. */
        ZEROS,
        /** Something other than zeros, but no signature of a file system or a partition table: all of it was read. */
        DATA,
        /** Not known: it was not read. */
        UNKNOWN
    }
}
