package org.imagingutility.api.job;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.device.DeviceInfo;

/**
 * What the restore of a backup set wrote.
 *
 * @param manifest the manifest of the set
 * @param target the target
 * @param partitions indexes of the partitions that were restored
 * @param wholeDisk whether the table and all else outside the partitions was restored as well
 * @param bytesWritten bytes written (zeros that a new file has by itself do not count)
 * @param bytesGivenBack bytes that were not in use and were given back to what the target lies on (discard, holes)
 * @param bytesVerified bytes read back and compared, 0 if that was not asked for
 * @param verifiedOnMedium whether they came from the medium, past what the operating system has in its cache
 * @param elapsed wall time
 * @param setDigest SHA-256 of the manifest file as it was read, empty if unknown
 * @param unproven names of files that the manifest has no digest of, so that what was written of them is not proven
 */
public record RestoreSetResult(BackupManifest manifest, DeviceInfo target, List<Integer> partitions, boolean wholeDisk,
        long bytesWritten, long bytesGivenBack, long bytesVerified, boolean verifiedOnMedium, Duration elapsed,
        Optional<Digest> setDigest, List<String> unproven) {

    /** Creates the result of a job that gave nothing back. */
    public RestoreSetResult(BackupManifest manifest, DeviceInfo target, List<Integer> partitions, boolean wholeDisk,
            long bytesWritten, long bytesVerified, boolean verifiedOnMedium, Duration elapsed) {
        this(manifest, target, partitions, wholeDisk, bytesWritten, 0, bytesVerified, verifiedOnMedium, elapsed, Optional.empty(),
                List.of());
    }

    /** Creates a result without the digest of the set. */
    public RestoreSetResult(BackupManifest manifest, DeviceInfo target, List<Integer> partitions, boolean wholeDisk,
            long bytesWritten, long bytesGivenBack, long bytesVerified, boolean verifiedOnMedium, Duration elapsed) {
        this(manifest, target, partitions, wholeDisk, bytesWritten, bytesGivenBack, bytesVerified, verifiedOnMedium, elapsed,
                Optional.empty(), List.of());
    }

    /** Checks that nothing is null. */
    public RestoreSetResult {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(setDigest, "setDigest");
        unproven = List.copyOf(unproven);
        partitions = List.copyOf(partitions);
    }
}
