package org.imagingutility.format.skz.file;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexSlot;

/**
 * What is known of an open image. Immutable; used by several threads at once.
 *
 * @param in the file
 * @param headerBytes the header as it stands in the file; not to be changed
 * @param header the header
 * @param footer the footer
 * @param slots the index; fits header and footer
 * @param codecs finds codecs
 */
public record OpenImage(ImageInput in, ByteBuffer headerBytes, Header header, Footer footer, List<IndexSlot> slots,
        CodecLookup codecs) {

    /** Returns the gap frames of this image. */
    public GapFrames gaps() {
        return new GapFrames(codecs, in.image(), header);
    }

    /** Reads and checks the table of chunk {@code chunkIndex}. */
    public ChunkTable table(int chunkIndex) throws ImagingException {
        return in.table(slots.get(chunkIndex), footer.imageId(), header.spec());
    }

    /** Returns the first byte of device behind the chunk before {@code chunkIndex}: there its gap frames begin. */
    public long deviceEndBefore(int chunkIndex) {
        return chunkIndex == 0 ? 0 : slots.get(chunkIndex - 1).deviceEnd();
    }
}
