package org.imagingutility.api.job;

import java.util.Objects;
import org.imagingutility.api.container.ImageInfo;

/**
 * What the export of a virtual disk made.
 *
 * @param image what the image says of itself
 * @param format name of the format of the virtual disk
 * @param diskLength length of the disk as those see it who open the file, in bytes
 * @param fileLength length of the file in bytes; parts that hold zeros may take no room on the medium
 * @param statistics how the job went
 */
public record DiskExportResult(ImageInfo image, String format, long diskLength, long fileLength, JobStatistics statistics) {

    /** Checks that nothing is null. */
    public DiskExportResult {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(statistics, "statistics");
    }
}
