package org.imagingutility.format.skz.write;

import org.imagingutility.api.container.ImageSpec;

/**
 * How chunks are made that are started from now on.
 *
 * @param codecWireId wire id of the codec
 * @param level level of the codec
 * @param chunkSize most bytes of device in a chunk
 */
public record ChunkSettings(int codecWireId, int level, long chunkSize) {

    /** Returns those that the header of an image states. */
    static ChunkSettings of(ImageSpec spec) {
        return new ChunkSettings(spec.codecWireId(), spec.level(), spec.chunkSize());
    }
}
