package org.imagingutility.api.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.ImageInfo;

/**
 * What an image job made.
 *
 * @param image what the finished image says of itself
 * @param allocator name of the allocator that told what is in use
 * @param fileSystem what it learned
 * @param bytesRead bytes read from the device
 * @param unreadable ranges of the device that could not be read and were recorded, at most the first 100000
 * @param touchedFiles files that lie in those ranges, where the allocator can tell; at most 1000
 * @param resumed what was there already, if an unfinished image was resumed
 * @param alreadyComplete whether the image was complete before and nothing was done
 * @param linearHashes the linear digests asked for, by name
 * @param verified the result of verifying afterwards, if that was asked for
 * @param statistics how the job went
 */
public record ImageResult(ImageInfo image, String allocator, FileSystemInfo fileSystem, long bytesRead,
        ExtentList unreadable, List<TouchedFile> touchedFiles, Optional<Resumed> resumed, boolean alreadyComplete,
        SortedMap<String, Digest> linearHashes, Optional<VerifyResult> verified, JobStatistics statistics) {

    /** Copies map and list. */
    public ImageResult {
        touchedFiles = List.copyOf(touchedFiles);
        linearHashes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Digest>) linearHashes));
    }
}
