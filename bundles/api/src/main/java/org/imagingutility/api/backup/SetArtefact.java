package org.imagingutility.api.backup;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageDigests;

/**
 * The file of a backup set that holds a partition's content.
 *
 * @param kind what it is
 * @param file its name in the set's folder
 * @param fileLength its length in bytes, if the manifest says
 * @param fileSha256 SHA-256 of the whole file, if it was computed
 * @param digests roots of the digests of an image, if the manifest says
 * @param allocator name of the allocator that told what is in use, empty if unknown
 * @param usedBytes bytes of the partition that it holds, if the manifest says
 * @param unreadable ranges of the partition that could not be read, in bytes from its beginning; at most 1000
 * @param unreadableBytes how many bytes could not be read in all
 */
public record SetArtefact(Kind kind, String file, OptionalLong fileLength, Optional<Digest> fileSha256,
        Optional<ImageDigests> digests, String allocator, OptionalLong usedBytes, ExtentList unreadable,
        long unreadableBytes) {
    /** The most ranges that are listed; an image knows all of its own. */
    public static final int MAX_RANGES = 1000;

    /** Checks that nothing is null. */
    public SetArtefact {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(fileLength, "fileLength");
        Objects.requireNonNull(fileSha256, "fileSha256");
        Objects.requireNonNull(digests, "digests");
        Objects.requireNonNull(allocator, "allocator");
        Objects.requireNonNull(usedBytes, "usedBytes");
        Objects.requireNonNull(unreadable, "unreadable");
    }

    /** What the file is. */
    public enum Kind {
        /** An image in a container format. */
        IMAGE,
        /** The partition's bytes as they are. */
        RAW
    }
}
