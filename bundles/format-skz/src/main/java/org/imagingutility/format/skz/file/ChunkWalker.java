package org.imagingutility.format.skz.file;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexSlot;

/** Finds chunks by their own structures, without index and footer. For one thread. */
public final class ChunkWalker {
    private final ImageInput in;
    private final Header header;
    private final long imageId;
    private final GapFrames gaps;

    /** Creates a walker of the image with this header and number. */
    public ChunkWalker(ImageInput in, Header header, long imageId, GapFrames gaps) {
        this.in = in;
        this.header = header;
        this.imageId = imageId;
        this.gaps = gaps;
    }

    /**
     * Returns the index slot of the chunk that begins at {@code offset}, whole, with a table that agrees with its heads.
     * Gaps and stored bytes are not looked at.
     *
     * @param chunkIndex number the chunk must have
     * @param deviceEndBefore first byte of device behind the chunk before it
     * @throws org.imagingutility.api.error.ImageDamagedException if no whole chunk stands there
     */
    public IndexSlot chunk(long offset, int chunkIndex, long deviceEndBefore) throws ImagingException {
        ChunkWalk walk = new ChunkWalk(in, header, imageId, gaps, offset, chunkIndex, deviceEndBefore, false);
        while (walk.hasNext()) {
            walk.next();
        }
        return walk.end();
    }

    /**
     * Reads the head of the chunk at {@code offset}. The walk checks every byte it passes: gaps are compared, and the CRC-32C
     * of stored bytes is computed.
     *
     * @param chunkIndex number the chunk must have
     * @param deviceEndBefore first byte of device behind the chunk before it
     * @throws org.imagingutility.api.error.ImageDamagedException if the head of that chunk does not stand there
     */
    public ChunkWalk checking(long offset, int chunkIndex, long deviceEndBefore) throws ImagingException {
        return new ChunkWalk(in, header, imageId, gaps, offset, chunkIndex, deviceEndBefore, true);
    }
}
