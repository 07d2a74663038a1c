package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/** The structure before the frames of a chunk. With it and the frame heads a chunk can be read without its table. */
public final class ChunkHead {
    private ChunkHead() {
    }

    /** Returns the head of {@code chunk}, in the buffer of {@code out}. */
    public static ByteBuffer encode(ChunkDescription chunk, long imageId, StructureWriter out) {
        return chunk.begin(StructureKind.CHUNK_HEAD, imageId, out).end();
    }

    /** Takes a head apart and checks its values against {@code spec}. */
    public static ChunkDescription parse(ByteBuffer whole, long imageId, ImageSpec spec, ImagePosition place)
            throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.CHUNK_HEAD, place);
        ChunkDescription chunk = ChunkDescription.read(in, imageId, spec);
        in.end();
        return chunk;
    }
}
