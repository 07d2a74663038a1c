package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;

/** The structure before the frames of a chunk. With it and the frame heads a chunk can be read without its table. */
final class ChunkHead {
    private ChunkHead() {
    }

    static ByteBuffer encode(ChunkDescription chunk, long imageId, StructureWriter out) {
        return chunk.begin(StructureKind.CHUNK_HEAD, imageId, out).end();
    }

    static ChunkDescription parse(ByteBuffer whole, long imageId, ImageSpec spec, Place place)
            throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.CHUNK_HEAD, place);
        ChunkDescription chunk = ChunkDescription.read(in, imageId, spec);
        in.end();
        return chunk;
    }
}
