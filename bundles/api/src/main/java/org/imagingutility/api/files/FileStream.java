package org.imagingutility.api.files;

import java.util.Objects;

/**
 * Something that a file or directory has beside its content.
 *
 * @param kind what it is
 * @param name its name: {@code Zone.Identifier}, {@code user.comment}; hostile as names of files are
 * @param size its bytes, not negative
 */
public record FileStream(Kind kind, FileName name, long size) {

    /** What a stream is. */
    public enum Kind {
        /** A named stream of NTFS. */
        ALTERNATE,
        /** An extended attribute, its name with the prefix that its system shows. */
        EXTENDED_ATTRIBUTE
    }

    /** Checks the values. */
    public FileStream {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        if (size < 0) {
            throw new IllegalArgumentException("size " + size + " is negative");
        }
    }
}
