package org.imagingutility.api.backup;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;

/**
 * A run of bytes of the disk outside the partitions, stored as it is in a file, or in the image that holds such pieces one
 * behind the other ({@link BackupManifest#piecesImage}).
 *
 * @param file name of the file in the set's folder
 * @param fileOffset where it begins in the file, or in the device that the image is of
 * @param offset where it begins on the disk
 * @param length bytes; empty for all the file has from there on
 * @param sha256 SHA-256 of the bytes, if it was computed; an image has digests of its own
 * @param unreadable ranges of the disk that could not be read and are zeros in the file
 */
public record SetPiece(String file, long fileOffset, long offset, OptionalLong length, Optional<Digest> sha256,
        ExtentList unreadable) {

    /** Checks the values. */
    public SetPiece {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(length, "length");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(unreadable, "unreadable");
        if (fileOffset < 0 || offset < 0 || length.orElse(1) < 1 || length.orElse(1) > Long.MAX_VALUE - offset
                || length.orElse(1) > Long.MAX_VALUE - fileOffset) {
            throw new IllegalArgumentException("piece at " + offset + ": no range");
        }
    }
}
