package org.imagingutility.format.skz.check;

import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.IndexSlot;

/**
 * A stretch of file and device of an image: a chunk that something is known of, or what lies between those.
 *
 * @param chunkIndex number of the chunk, -1 if it is none that is known
 * @param slot its index slot, from an index or made of its table; null if only its head was found
 * @param fileStart first byte in the file
 * @param fileEnd first byte in the file that is surely not part of it; may lie behind the end of the file
 * @param deviceStart first byte of device
 * @param deviceEnd first byte of device behind it
 */
public record ImageRegion(int chunkIndex, IndexSlot slot, long fileStart, long fileEnd, long deviceStart, long deviceEnd) {
    private static final int UNKNOWN = -1;

    /** Returns the region of a chunk whose slot is known. */
    public static ImageRegion of(IndexSlot slot) {
        return new ImageRegion(slot.chunk().chunkIndex(), slot, slot.chunk().fileOffset(), slot.fileEnd(),
                slot.chunk().deviceOffset(), slot.deviceEnd());
    }

    /** Returns the region of a chunk of which only the head was found. */
    public static ImageRegion ofHead(ChunkDescription head, long fileStart, long fileEnd) {
        return new ImageRegion(head.chunkIndex(), null, fileStart, fileEnd, head.deviceOffset(),
                head.deviceOffset() + head.deviceLength());
    }

    /** Returns the region of what lies where chunks are missing. */
    public static ImageRegion between(long fileStart, long fileEnd, long deviceStart, long deviceEnd) {
        return new ImageRegion(UNKNOWN, null, fileStart, Math.max(fileStart, fileEnd), deviceStart, deviceEnd);
    }

    /** Says whether this is a chunk that something is known of. */
    public boolean isChunk() {
        return chunkIndex != UNKNOWN;
    }
}
