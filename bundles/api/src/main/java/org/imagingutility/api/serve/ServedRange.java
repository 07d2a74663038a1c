package org.imagingutility.api.serve;

/**
 * What a device knows of the bytes from an offset on, without reading them.
 *
 * @param length bytes from that offset on that are alike, positive
 * @param kind what they are
 */
public record ServedRange(long length, Kind kind) {

    /** What bytes are. */
    public enum Kind {
        /** Content. */
        DATA,
        /** Zeros that nothing is stored for. */
        HOLE
    }

    /** Checks the values. */
    public ServedRange {
        java.util.Objects.requireNonNull(kind, "kind");
        if (length < 1) {
            throw new IllegalArgumentException("length " + length + " is not positive");
        }
    }
}
