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

    /** {@inheritDoc} By hand, as {@link #hashCode}: a record's own is linked when it is first called, which every job would wait for. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ImageDigests digests && image.equals(digests.image) && content.equals(digests.content);
    }

    @Override
    public int hashCode() {
        return 31 * image.hashCode() + content.hashCode();
    }
}
