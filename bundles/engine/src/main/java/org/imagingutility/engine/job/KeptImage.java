package org.imagingutility.engine.job;

import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;

/**
 * The chunks of an unfinished image in device order, the partial one last. Reads a chunk's table each time it is asked for
 * the chunk, and remembers its summary: an image of many chunks has tables all over the file. For one thread at a time.
 */
final class KeptImage {
    private final UnfinishedImage image;
    private final KeptSummary[] summaries;

    KeptImage(UnfinishedImage image) {
        this.image = image;
        this.summaries = new KeptSummary[chunkCount()];
    }

    UnfinishedImage image() {
        return image;
    }

    /** Returns the number of chunks, whole or not. */
    int chunkCount() {
        return image.chunkCount() + (image.partialChunk().isPresent() ? 1 : 0);
    }

    /** Returns chunk {@code index}. */
    KeptChunk chunk(int index) throws ImagingException {
        KeptChunk chunk = whole(index) ? KeptChunk.of(image.table(index)) : KeptChunk.of(image.partialChunk().orElseThrow());
        summaries[index] = KeptSummary.of(chunk);
        return chunk;
    }

    /** Returns what is often asked of chunk {@code index}; reads its table only the first time. */
    KeptSummary summary(int index) throws ImagingException {
        return summaries[index] == null ? KeptSummary.of(chunk(index)) : summaries[index];
    }

    /** Says whether chunk {@code index} is whole. */
    boolean whole(int index) {
        return index < image.chunkCount();
    }
}
