package org.imagingutility.api.container;

import java.util.Objects;
import org.imagingutility.api.Digest;

/**
 * The roots of an image's digests, both SHA-256.
 *
 * @param image covers everything that decides which bytes go where, including how the image is divided into chunks
 * @param content covers the device's geometry, allocation and content only: equal for two images of the same content,
 *        whatever their chunk size, codec and level
 */
public record ImageDigests(Digest image, Digest content) {

    /** Checks that both are there. */
    public ImageDigests {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(content, "content");
    }
}
