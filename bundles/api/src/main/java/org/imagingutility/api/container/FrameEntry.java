package org.imagingutility.api.container;

import java.util.Objects;

/**
 * A frame and where it is stored.
 *
 * @param frame the frame
 * @param fileOffset byte offset of its stored bytes in the image file
 */
public record FrameEntry(FrameInfo frame, long fileOffset) {

    /** Checks that the frame is there. */
    public FrameEntry {
        Objects.requireNonNull(frame, "frame");
    }
}
