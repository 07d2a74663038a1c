package org.imagingutility.api.export;

import java.time.Instant;
import java.util.Objects;
import org.imagingutility.api.Digest;

/**
 * What is fixed when a virtual disk is started. All that a format needs for identifiers and times comes from here, so that the
 * same image gives the same bytes.
 *
 * @param deviceLength length of the device the image was made of, in bytes; positive, not always a whole number of sectors
 * @param sectorSize sector size of the device in bytes
 * @param identity tells this image from others: SHA-256, 32 bytes
 * @param created when the image was started
 */
public record VirtualDiskSpec(long deviceLength, int sectorSize, Digest identity, Instant created) {

    /** Checks the values. */
    public VirtualDiskSpec {
        Objects.requireNonNull(created, "created");
        if (deviceLength <= 0 || sectorSize <= 0) {
            throw new IllegalArgumentException("a device of " + deviceLength + " bytes with sectors of " + sectorSize);
        }
        if (identity.toBytes().length != 32) {
            throw new IllegalArgumentException("an identity of " + identity.toBytes().length + " bytes, expected 32");
        }
    }
}
