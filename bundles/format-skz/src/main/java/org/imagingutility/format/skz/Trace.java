package org.imagingutility.format.skz;

/**
 * A stretch of file and device of a damaged image: a chunk that something is known of, or what lies between those.
 *
 * @param chunkIndex number of the chunk, -1 if it is none that is known
 * @param slot its index slot, from an index or made of its table; null if only its head was found
 * @param fileStart first byte in the file
 * @param fileEnd first byte in the file that is surely not part of it; may lie behind the end of the file
 * @param deviceStart first byte of device
 * @param deviceEnd first byte of device behind it
 */
record Trace(int chunkIndex, IndexSlot slot, long fileStart, long fileEnd, long deviceStart, long deviceEnd) {
    private static final int UNKNOWN = -1;

    /** Returns the trace of a chunk whose slot is known. */
    static Trace of(IndexSlot slot) {
        return new Trace(slot.chunk().chunkIndex(), slot, slot.chunk().fileOffset(), slot.fileEnd(),
                slot.chunk().deviceOffset(), slot.deviceEnd());
    }

    /** Returns the trace of a chunk of which only the head was found. */
    static Trace ofHead(ChunkDescription head, long fileStart, long fileEnd) {
        return new Trace(head.chunkIndex(), null, fileStart, fileEnd, head.deviceOffset(),
                head.deviceOffset() + head.deviceLength());
    }

    /** Returns the trace of what lies where chunks are missing. */
    static Trace between(long fileStart, long fileEnd, long deviceStart, long deviceEnd) {
        return new Trace(UNKNOWN, null, fileStart, Math.max(fileStart, fileEnd), deviceStart, deviceEnd);
    }

    boolean isChunk() {
        return chunkIndex != UNKNOWN;
    }
}
