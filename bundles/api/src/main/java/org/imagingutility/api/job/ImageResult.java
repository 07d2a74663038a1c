package org.imagingutility.api.job;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.container.ImageInfo;

/**
 * What an image job made.
 *
 * @param image what the finished image says of itself
 * @param allocator name of the allocator that told what is in use
 * @param fileSystem what it learned
 * @param bytesRead bytes read from the device
 * @param linearHashes the linear digests asked for, by name
 * @param verified the result of verifying afterwards, if that was asked for
 * @param statistics how the job went
 */
public record ImageResult(ImageInfo image, String allocator, FileSystemInfo fileSystem, long bytesRead,
        SortedMap<String, Digest> linearHashes, Optional<VerifyResult> verified, JobStatistics statistics) {

    /** Copies the map. */
    public ImageResult {
        linearHashes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Digest>) linearHashes));
    }
}
