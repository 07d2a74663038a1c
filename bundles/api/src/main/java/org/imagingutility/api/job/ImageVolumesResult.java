package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;

/**
 * What became of a job that images several devices. One that fails does not keep the job from the others, so it is asked whether it is
 * {@link #isComplete complete}.
 *
 * @param volumes what became of each device, in the order of the request
 */
public record ImageVolumesResult(List<Volume> volumes) {

    /** Copies the list. */
    public ImageVolumesResult {
        volumes = List.copyOf(volumes);
    }

    /**
     * What became of one device.
     *
     * @param device its reference
     * @param image its image; empty where there is a failure
     * @param failure why there is no image that could be made and, where that was asked for, verified
     */
    public record Volume(String device, Optional<ImageResult> image, Optional<ImagingException> failure) {

        /** Checks that there is either an image or a failure. */
        public Volume {
            Objects.requireNonNull(device, "device");
            if (image.isPresent() == failure.isPresent()) {
                throw new IllegalArgumentException("\"" + device + "\" has either an image or a failure");
            }
        }

        /** Returns what became of a device that has an image. */
        public static Volume of(String device, ImageResult image) {
            return new Volume(device, Optional.of(image), Optional.empty());
        }

        /** Returns what became of a device whose image failed. */
        public static Volume of(String device, ImagingException failure) {
            return new Volume(device, Optional.empty(), Optional.of(failure));
        }
    }

    /** Says whether each device has an image. */
    public boolean isComplete() {
        return failed().isEmpty();
    }

    /** Returns the images there are, in the order of the request. */
    public List<ImageResult> images() {
        return volumes.stream().flatMap(volume -> volume.image().stream()).toList();
    }

    /** Returns the devices that have no image, in the order of the request. */
    public List<Volume> failed() {
        return volumes.stream().filter(volume -> volume.failure().isPresent()).toList();
    }
}
