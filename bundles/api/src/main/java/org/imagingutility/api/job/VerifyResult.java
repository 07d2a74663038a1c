package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageInfo;

/**
 * What verification found.
 *
 * @param image what the image says of itself
 * @param damages the first damages found, in file order, at most 1000
 * @param damageCount how many were found
 * @param framesChecked frames that were decompressed and compared with their digest
 * @param frameCount frames in the image
 * @param storedBytesChecked bytes of the image file that were looked at
 * @param statistics how the job went
 */
public record VerifyResult(ImageInfo image, List<Damage> damages, long damageCount, long framesChecked,
        long frameCount, long storedBytesChecked, JobStatistics statistics) {

    /** Copies the list. */
    public VerifyResult {
        Objects.requireNonNull(image, "image");
        damages = List.copyOf(damages);
    }

    /** Says whether no damage was found. */
    public boolean intact() {
        return damageCount == 0;
    }
}
