package org.imagingutility.api.blobs;

import java.time.Instant;
import java.util.Objects;

/**
 * An object.
 *
 * @param key its key
 * @param length its length in bytes, 0 or more: a torn put may have left an empty one
 * @param stored when it was put, by the clock of the place
 */
public record BlobInfo(String key, long length, Instant stored) {

    /** Checks the values. */
    public BlobInfo {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(stored, "stored");
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + " of object \"" + key + "\"");
        }
    }
}
