package org.imagingutility.api.container;

import java.util.Objects;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;

/**
 * One frame: a fixed window of the device.
 *
 * @param frameIndex number of the window: its first byte on the device is {@code frameIndex * frameSize}
 * @param kind how it is stored
 * @param contentLength bytes of device
 * @param storedLength bytes in the image
 * @param storedCrc32c CRC-32C of the stored bytes
 * @param contentDigest SHA-256 of the content
 * @param unreadable what of the window could not be read from the device, in bytes of device; the content has zeros
 *        there. Empty for nearly all frames
 */
public record FrameInfo(long frameIndex, FrameKind kind, int contentLength, int storedLength, int storedCrc32c,
        Digest contentDigest, ExtentList unreadable) {

    /** Checks the values. */
    public FrameInfo {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(contentDigest, "contentDigest");
        Objects.requireNonNull(unreadable, "unreadable");
        if (frameIndex < 0 || contentLength <= 0 || storedLength <= 0) {
            throw new IllegalArgumentException("frame " + frameIndex + " with " + contentLength + " bytes stored as "
                    + storedLength);
        }
    }

    /** Creates a frame all of which could be read. */
    public FrameInfo(long frameIndex, FrameKind kind, int contentLength, int storedLength, int storedCrc32c,
            Digest contentDigest) {
        this(frameIndex, kind, contentLength, storedLength, storedCrc32c, contentDigest, ExtentList.empty());
    }
}
