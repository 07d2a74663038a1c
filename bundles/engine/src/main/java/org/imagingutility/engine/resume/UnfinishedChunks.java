package org.imagingutility.engine.resume;

import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;

/**
 * The chunks of an unfinished image in device order, the partial one last. Reads a chunk's table each time it is asked for
 * the chunk, and remembers its summary: an image of many chunks has tables all over the file. For one thread at a time.
 */
public final class UnfinishedChunks {
    private final UnfinishedImage image;
    private final ChunkSummary[] summaries;

    /** Creates a view of the chunks of {@code image}, which stays open. */
    public UnfinishedChunks(UnfinishedImage image) {
        this.image = image;
        this.summaries = new ChunkSummary[chunkCount()];
    }

    UnfinishedImage image() {
        return image;
    }

    /** Returns the number of chunks, whole or not. */
    public int chunkCount() {
        return image.chunkCount() + (image.partialChunk().isPresent() ? 1 : 0);
    }

    /** Returns chunk {@code index}. */
    public UnfinishedChunk chunk(int index) throws ImagingException {
        UnfinishedChunk chunk = isComplete(index) ? UnfinishedChunk.of(image.table(index))
                : UnfinishedChunk.of(image.partialChunk().orElseThrow());
        summaries[index] = ChunkSummary.of(chunk);
        return chunk;
    }

    /** Returns what is often asked of chunk {@code index}; reads its table only the first time. */
    ChunkSummary summary(int index) throws ImagingException {
        return summaries[index] == null ? ChunkSummary.of(chunk(index)) : summaries[index];
    }

    /** Says whether chunk {@code index} is whole. */
    public boolean isComplete(int index) {
        return index < image.chunkCount();
    }
}
