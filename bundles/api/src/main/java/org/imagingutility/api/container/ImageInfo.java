package org.imagingutility.api.container;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Metadata;

/**
 * What an image says of itself.
 *
 * @param formatName name of the container format
 * @param formatVersion version of the container format
 * @param spec what was fixed when it was started; the planned counts are the actual ones
 * @param digests roots of the digests
 * @param usedBytes bytes of device that are in use according to the allocation map
 * @param unreadableBytes bytes of device that could not be read when the image was made; they are recorded as zeros
 * @param fileLength bytes of the image file
 * @param stockCommand a common command that restores the image without this program, if there is one
 * @param statistics facts that were known when the image was finished
 * @param noStockCommand why there is no such command, for users; empty if there is one, or nothing more is known
 */
public record ImageInfo(String formatName, int formatVersion, ImageSpec spec, ImageDigests digests, long usedBytes,
        long unreadableBytes, long fileLength, Optional<String> stockCommand, Metadata statistics,
        String noStockCommand) {

    /** Checks that all is there. */
    public ImageInfo {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(digests, "digests");
        Objects.requireNonNull(stockCommand, "stockCommand");
        Objects.requireNonNull(statistics, "statistics");
        Objects.requireNonNull(noStockCommand, "noStockCommand");
    }

    /** Creates one that does not say why there is no stock command. */
    public ImageInfo(String formatName, int formatVersion, ImageSpec spec, ImageDigests digests, long usedBytes,
            long unreadableBytes, long fileLength, Optional<String> stockCommand, Metadata statistics) {
        this(formatName, formatVersion, spec, digests, usedBytes, unreadableBytes, fileLength, stockCommand, statistics, "");
    }
}
