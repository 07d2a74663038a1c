package org.imagingutility.engine.job;

import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;

/** The chunks of an unfinished image in device order, the partial one last. Reads a table each time it is asked for. */
final class KeptImage {
    private final UnfinishedImage image;

    KeptImage(UnfinishedImage image) {
        this.image = image;
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
        return index < image.chunkCount() ? KeptChunk.of(image.table(index))
                : KeptChunk.of(image.partialChunk().orElseThrow());
    }

    /** Says whether chunk {@code index} is whole. */
    boolean whole(int index) {
        return index < image.chunkCount();
    }
}
