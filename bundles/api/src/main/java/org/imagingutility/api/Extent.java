package org.imagingutility.api;

/**
 * A range of a device, {@code [offset, offset + length)}.
 *
 * @param offset first byte, not negative
 * @param length bytes, positive; {@code offset + length} does not overflow
 */
public record Extent(long offset, long length) {

    /** Checks the range. */
    public Extent {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        if (length <= 0) {
            throw new IllegalArgumentException("length " + length + " is not positive");
        }
        if (offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("offset " + offset + " plus length " + length + " overflows");
        }
    }

    /** Returns the first byte after the extent. */
    public long end() {
        return offset + length;
    }
}
