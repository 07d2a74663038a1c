package org.imagingutility.format.skz.resume;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.PartialChunk;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;

/**
 * What is whole of an unfinished image. Immutable; used by several threads at once.
 *
 * @param in the file
 * @param headerBytes the header as it stands in the file; not to be changed
 * @param header the header
 * @param imageId number of the image
 * @param blocks the index blocks, one at least
 * @param slots the slots of the whole chunks, be they in the index or not
 * @param partial the chunk behind them, if its head and a frame at least are whole
 * @param length first byte of the file that is lost
 * @param damage what ended the whole part, if that was damage
 */
record ValidPrefix(ImageInput in, ByteBuffer headerBytes, Header header, long imageId, List<IndexBlock> blocks,
        List<IndexSlot> slots, Optional<PartialChunk> partial, long length, Optional<String> damage) {

    /** Reads and checks the table of chunk {@code chunkIndex}. */
    ChunkTable table(int chunkIndex) throws ImagingException {
        return in.table(slots.get(chunkIndex), imageId, header.spec());
    }

    /** Returns the end of the first {@code chunkCount} chunks in the file, or of the first index block if that is 0. */
    long fileEnd(int chunkCount) {
        return chunkCount == 0 ? blocks.get(0).end() : slots.get(chunkCount - 1).fileEnd();
    }

    /** Returns the end of the first {@code chunkCount} chunks on the device. */
    long deviceEnd(int chunkCount) {
        return chunkCount == 0 ? 0 : slots.get(chunkCount - 1).deviceEnd();
    }
}
