package org.imagingutility.api.files;

import java.util.Objects;

/**
 * What can be said of all files of a tree.
 *
 * @param caseSensitive whether names that differ in case only are different names (a directory may make an exception)
 * @param posix whether files have owners and permissions as POSIX has them
 * @param nameEncoding what names are kept in, for people: {@code UTF-8}, {@code UTF-16}, {@code UTF-16; short names IBM437}
 */
public record FileTreeTraits(boolean caseSensitive, boolean posix, String nameEncoding) {
    /** Checks that nothing is null. */
    public FileTreeTraits {
        Objects.requireNonNull(nameEncoding, "nameEncoding");
    }
}
