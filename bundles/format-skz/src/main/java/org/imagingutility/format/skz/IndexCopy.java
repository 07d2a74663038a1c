package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;

/** The structure behind the chunks that has the slots of all of them. */
final class IndexCopy {
    /** Bytes before the first slot. */
    static final int HEAD_LENGTH = 28;

    private IndexCopy() {
    }

    static ByteBuffer encode(List<IndexSlot> slots, long imageId, StructureWriter out) {
        out.begin(StructureKind.INDEX_COPY).reserve(length(slots.size())).u64(imageId).u32(slots.size());
        for (IndexSlot slot : slots) {
            out.slot(slot, imageId);
        }
        return out.end();
    }

    /** Returns the bytes of an index copy with {@code chunkCount} slots. */
    static long length(int chunkCount) {
        return HEAD_LENGTH + (long) chunkCount * IndexSlot.LENGTH + Structure.CRC_LENGTH;
    }

    static List<IndexSlot> parse(ByteBuffer whole, int chunkCount, ImageSpec spec, long imageId, Place place)
            throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.INDEX_COPY, place);
        in.imageId(imageId);
        in.u32("chunk count", chunkCount, chunkCount);
        if (whole.limit() != length(chunkCount)) {
            throw in.damaged("it has " + whole.limit() + " bytes, expected " + length(chunkCount));
        }
        List<IndexSlot> slots = new ArrayList<>(chunkCount);
        for (int i = 0; i < chunkCount; i++) {
            int start = HEAD_LENGTH + i * IndexSlot.LENGTH;
            slots.add(IndexSlot.parse(whole, start, i, spec, imageId,
                    new Place(place.image(), place.offset() + start)));
        }
        return slots;
    }
}
