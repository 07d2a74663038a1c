package org.imagingutility.api.container;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Extent;

/**
 * Something in an image that does not hold.
 *
 * @param fileOffset first byte in the image file of the structure or frame that is damaged
 * @param fileLength its bytes in the image file, as far as known; 0 if not
 * @param device what of the device cannot be restored because of it; empty if all can
 * @param reason found and expected
 */
public record Damage(long fileOffset, long fileLength, Optional<Extent> device, String reason) {

    /** Checks that nothing is null. */
    public Damage {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(reason, "reason");
    }
}
