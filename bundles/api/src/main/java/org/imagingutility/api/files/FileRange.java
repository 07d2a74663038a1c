package org.imagingutility.api.files;

import java.util.Objects;

/**
 * What is known of the bytes of a content from an offset on, without reading them.
 *
 * @param length bytes from that offset on that are alike, positive
 * @param kind what they are
 */
public record FileRange(long length, Kind kind) {

    /** What bytes are. */
    public enum Kind {
        /** Content. */
        DATA,
        /** Zeros that nothing is stored for. */
        HOLE,
        /** Zeros that the volume has room for, which was never written: preallocated, or behind the valid data. */
        UNWRITTEN
    }

    /** Checks the values. */
    public FileRange {
        Objects.requireNonNull(kind, "kind");
        if (length < 1) {
            throw new IllegalArgumentException("length " + length + " is not positive");
        }
    }
}
