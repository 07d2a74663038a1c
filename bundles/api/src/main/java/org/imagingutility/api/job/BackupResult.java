package org.imagingutility.api.job;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.backup.BackupManifest;

/**
 * What a backup of a disk made.
 *
 * @param manifestFile reference of the manifest
 * @param manifest the manifest
 * @param parts what was done for each partition with content, by index; empty if the set was complete before
 * @param alreadyComplete whether the set was complete before and nothing was done
 * @param bytesRead bytes read from the disk
 * @param bytesStored bytes of all files of the set, the manifest apart
 * @param verified the result of verifying afterwards, if that was asked for
 * @param elapsed wall time
 * @param setDigest SHA-256 of the manifest file as it was written, or found complete, empty if unknown
 */
public record BackupResult(String manifestFile, BackupManifest manifest, List<Part> parts, boolean alreadyComplete,
        long bytesRead, long bytesStored, Optional<VerifySetResult> verified, Duration elapsed,
        Optional<Digest> setDigest) {

    /** Checks that nothing is null. */
    public BackupResult {
        Objects.requireNonNull(manifestFile, "manifestFile");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(verified, "verified");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(setDigest, "setDigest");
        parts = List.copyOf(parts);
    }

    /** Creates a result without the digest of the set. */
    public BackupResult(String manifestFile, BackupManifest manifest, List<Part> parts, boolean alreadyComplete, long bytesRead,
            long bytesStored, Optional<VerifySetResult> verified, Duration elapsed) {
        this(manifestFile, manifest, parts, alreadyComplete, bytesRead, bytesStored, verified, elapsed, Optional.empty());
    }

    /**
     * What was done for one partition.
     *
     * @param index index of the partition
     * @param kept whether it was finished by an earlier run
     * @param resumed what was there of its image, if an unfinished one was resumed
     * @param bytesRead bytes read from the disk
     * @param touchedFiles files that lie in ranges that could not be read, where the allocator can tell; at most 1000
     */
    public record Part(int index, boolean kept, Optional<Resumed> resumed, long bytesRead, List<TouchedFile> touchedFiles) {

        /** Copies the list. */
        public Part {
            Objects.requireNonNull(resumed, "resumed");
            touchedFiles = List.copyOf(touchedFiles);
        }
    }
}
