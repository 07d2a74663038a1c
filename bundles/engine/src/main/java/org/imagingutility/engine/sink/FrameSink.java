package org.imagingutility.engine.sink;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.ImagingException;

/**
 * Where an image's frames go that are kept by the digest of their content: what is there need be neither compressed nor sent. Used by
 * several threads at once.
 */
public interface FrameSink {

    /**
     * Looks for a frame of that content.
     *
     * @param frame the frame as it would be stored, but for its stored bytes: the length and checksum of those say nothing yet
     * @return the frame as it is stored; empty if it is to be stored
     */
    Optional<FrameInfo> find(FrameInfo frame) throws ImagingException;

    /**
     * Stores a frame. When this returns it is on stable storage.
     *
     * @param stored its stored bytes; its position is left where it is
     * @return the frame as it is stored, which may be in other bytes of the same content, and whether it was stored now
     */
    Kept keep(FrameInfo frame, ByteBuffer stored) throws ImagingException;

    /**
     * A frame that is there.
     *
     * @param frame as it is stored
     * @param stored false if it was there already
     */
    record Kept(FrameInfo frame, boolean stored) {
    }
}
