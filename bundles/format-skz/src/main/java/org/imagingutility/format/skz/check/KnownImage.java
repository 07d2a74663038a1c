package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.Header;

/**
 * What is known of an image that is checked, be it complete, damaged or unfinished. Immutable; used by several threads at
 * once.
 *
 * @param in the file
 * @param headerBytes the header as it was written; not to be changed
 * @param header the header
 * @param imageId number of the image
 * @param footer the footer, from itself or its copy; empty if neither holds, or the image was not finished
 * @param chunkCount how many chunks the image has, -1 if nothing tells
 * @param codecs finds codecs
 */
public record KnownImage(ImageInput in, ByteBuffer headerBytes, Header header, long imageId, Optional<Footer> footer,
        int chunkCount, CodecLookup codecs) {

    /** Returns the gap frames of this image. */
    public GapFrames gaps() {
        return new GapFrames(codecs, in.image(), header);
    }

    /** Returns the bytes of device in a window. */
    public int frameSize() {
        return header.spec().frameSize();
    }

    /** Returns the bytes of the device. */
    public long deviceLength() {
        return header.spec().deviceLength();
    }
}
