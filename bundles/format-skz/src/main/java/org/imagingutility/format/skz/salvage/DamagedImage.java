package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.KnownImage;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexSlot;

/**
 * What a damaged image is known to be: its header, and its footer if one of the two holds. Immutable; used by several
 * threads at once.
 *
 * @param in the file
 * @param headerBytes the header as it was written; not to be changed
 * @param header the header
 * @param imageId number of the image
 * @param footer the footer, from itself or its copy
 * @param copiedSlots slots that hold in an index copy that no footer tells of
 * @param copiedCount how many slots that index copy has, -1 if there is none
 * @param headerCopyFound whether a header copy stands at the end, so that all chunks were written
 * @param codecs finds codecs
 */
public record DamagedImage(ImageInput in, ByteBuffer headerBytes, Header header, long imageId, Optional<Footer> footer,
        List<IndexSlot> copiedSlots, int copiedCount, boolean headerCopyFound, CodecLookup codecs) {

    /** Returns what a check needs to know of it. */
    KnownImage known() {
        return new KnownImage(in, headerBytes, header, imageId, footer, chunkCount(), codecs);
    }

    /** Returns the gap frames of this image. */
    GapFrames gaps() {
        return new GapFrames(codecs, in.image(), header);
    }

    int frameSize() {
        return header.spec().frameSize();
    }

    long deviceLength() {
        return header.spec().deviceLength();
    }

    /** Returns extents that allow everything, for frames of a chunk whose own are not known. */
    ExtentList anyExtents() {
        return new ExtentList.Builder().add(0, deviceLength()).build();
    }

    /** Returns the bytes of file for the windows from {@code window} to {@code behind}, -1 if no file can be so long. */
    long gapLength(int codecWireId, long deviceFrom, long deviceTo) throws ImagingException {
        return deviceTo < deviceFrom ? -1 : gaps().storedLength(codecWireId, deviceTo - deviceFrom);
    }

    /** Returns the first byte of device behind window {@code frameIndex}. */
    long windowEnd(long frameIndex) {
        return frameIndex * frameSize() + header.spec().contentLength(frameIndex);
    }

    /** Returns how many chunks the image has, -1 if nothing tells. */
    int chunkCount() {
        return footer.map(Footer::chunkCount).orElse(copiedCount);
    }

    /** Returns where the part with the chunks ends at the latest. */
    long chunksEnd() {
        return footer.map(known -> Math.min(known.tailGapOffset(), in.length())).orElse(in.length());
    }
}
