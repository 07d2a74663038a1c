package org.imagingutility.api.container;

import java.util.Objects;
import org.imagingutility.api.Digest;

/**
 * One frame: a fixed window of the device.
 *
 * @param frameIndex number of the window: its first byte on the device is {@code frameIndex * frameSize}
 * @param kind how it is stored
 * @param contentLength bytes of device
 * @param storedLength bytes in the image
 * @param storedCrc32c CRC-32C of the stored bytes
 * @param contentDigest SHA-256 of the content
 */
public record FrameInfo(long frameIndex, FrameKind kind, int contentLength, int storedLength, int storedCrc32c,
        Digest contentDigest) {

    /** Checks the values. */
    public FrameInfo {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(contentDigest, "contentDigest");
        if (frameIndex < 0 || contentLength <= 0 || storedLength <= 0) {
            throw new IllegalArgumentException("frame " + frameIndex + " with " + contentLength + " bytes stored as "
                    + storedLength);
        }
    }
}
