package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageSpec;

/**
 * What a repair found and did.
 *
 * @param spec what the image says of the device
 * @param fileLength bytes of the file
 * @param finished whether the image was finished; if not, nobody knows what was in use behind its last chunk, and all of that
 *        counts as lost
 * @param damages the first damages found, in file order, at most 1000
 * @param damageCount how many were found
 * @param lost what of the device is lost, in bytes of device
 * @param touchedFiles files that lie in it, as far as they can be told; at most 1000
 * @param framesKept frames that hold
 * @param framesLost windows of the device that are lost
 * @param obstacle why the image cannot be repaired in place, if it cannot
 * @param rewritten structures that were rewritten in place, in file order, at most 1000
 * @param rewrittenCount how many were
 * @param damagesLeft damages that an image repaired in place still has
 * @param written the new image, if one was written
 * @param statistics how the job went
 */
public record RepairResult(ImageSpec spec, long fileLength, boolean finished, List<Damage> damages, long damageCount,
        ExtentList lost, List<TouchedFile> touchedFiles, long framesKept, long framesLost, Optional<String> obstacle,
        List<Damage> rewritten, long rewrittenCount, long damagesLeft, Optional<ImageInfo> written,
        JobStatistics statistics) {

    /** Copies the lists. */
    public RepairResult {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(lost, "lost");
        Objects.requireNonNull(obstacle, "obstacle");
        Objects.requireNonNull(written, "written");
        Objects.requireNonNull(statistics, "statistics");
        damages = List.copyOf(damages);
        touchedFiles = List.copyOf(touchedFiles);
        rewritten = List.copyOf(rewritten);
    }

    /** Says whether no damage was found. */
    public boolean intact() {
        return damageCount == 0;
    }
}
