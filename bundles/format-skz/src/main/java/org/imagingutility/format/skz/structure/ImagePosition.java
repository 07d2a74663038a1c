package org.imagingutility.format.skz.structure;

import org.imagingutility.api.error.ImageDamagedException;

/**
 * Where in which image something was read, for messages.
 *
 * @param image reference of the image
 * @param offset byte offset in the file
 */
public record ImagePosition(String image, long offset) {

    /** Returns the error that what stands here does not hold; {@code reason} says what was found and expected. */
    public ImageDamagedException damaged(String reason) {
        return new ImageDamagedException(image, offset, reason, "read another copy of the image, if there is one");
    }
}
