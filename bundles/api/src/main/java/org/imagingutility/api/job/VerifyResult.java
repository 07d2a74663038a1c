package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;

/**
 * What verification found.
 *
 * @param image what the image says of itself; its unreadable bytes are no damage: they are as they were recorded
 * @param damages the first damages found, in file order, at most 1000
 * @param damageCount how many were found
 * @param touchedFiles files that lie in what the damages cost of the device, where the allocator can tell; at most 1000
 * @param stoppedAtFirst whether the job ended at the first damage, so that there may be more
 * @param coverage what was looked at
 * @param statistics how the job went
 * @param proven the digests of the image that this job computed, from structures and content that it compared; empty if it looked
 *        at a part only, or the format has none. Those in {@code image} are what the image states
 */
public record VerifyResult(ImageInfo image, List<Damage> damages, long damageCount, List<TouchedFile> touchedFiles,
        boolean stoppedAtFirst, Coverage coverage, JobStatistics statistics, Optional<ImageDigests> proven) {

    /** Copies the lists. */
    public VerifyResult {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(coverage, "coverage");
        Objects.requireNonNull(proven, "proven");
        damages = List.copyOf(damages);
        touchedFiles = List.copyOf(touchedFiles);
    }

    /** Creates the result of a verification that proved no digest of the whole. */
    public VerifyResult(ImageInfo image, List<Damage> damages, long damageCount, List<TouchedFile> touchedFiles,
            boolean stoppedAtFirst, Coverage coverage, JobStatistics statistics) {
        this(image, damages, damageCount, touchedFiles, stoppedAtFirst, coverage, statistics, Optional.empty());
    }

    /**
     * What of an image was looked at.
     *
     * @param framesChecked frames that were decompressed and compared with their digest
     * @param frameCount frames in the image
     * @param fileBytesChecked bytes of the image file that were looked at
     * @param missChances how likely damage of some sizes is missed, smallest first; empty if the job stopped early
     * @param fromMedium whether the bytes came from the medium rather than from the operating system's cache
     */
    public record Coverage(long framesChecked, long frameCount, long fileBytesChecked, List<MissChance> missChances,
            boolean fromMedium) {

        /** Copies the list. */
        public Coverage {
            missChances = List.copyOf(missChances);
        }

        /** Says whether every frame was checked. */
        public boolean complete() {
            return framesChecked == frameCount;
        }
    }

    /** Says whether no damage was found. */
    public boolean intact() {
        return damageCount == 0;
    }
}
