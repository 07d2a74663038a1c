package org.imagingutility.api.job;

import java.util.List;

/**
 * What a job made that images several devices.
 *
 * @param images what was made of each device, in the order of the request
 */
public record ImageVolumesResult(List<ImageResult> images) {

    /** Copies the list. */
    public ImageVolumesResult {
        images = List.copyOf(images);
    }
}
