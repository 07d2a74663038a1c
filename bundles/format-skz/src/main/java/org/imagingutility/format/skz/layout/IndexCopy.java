package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/** The structure behind the chunks that has the slots of all of them. */
public final class IndexCopy {
    /** Bytes before the first slot. */
    public static final int HEAD_LENGTH = StructureLengths.INDEX_COPY_HEAD;

    private IndexCopy() {
    }

    /** Returns an index copy with {@code slots}, in the buffer of {@code out}. */
    public static ByteBuffer encode(List<IndexSlot> slots, long imageId, StructureWriter out) {
        out.begin(StructureKind.INDEX_COPY).reserve(length(slots.size())).u64(imageId).u32(slots.size());
        for (IndexSlot slot : slots) {
            slot.encode(out.room(IndexSlot.LENGTH), imageId);
        }
        return out.end();
    }

    /** Returns the bytes of an index copy with {@code chunkCount} slots. */
    public static long length(int chunkCount) {
        return HEAD_LENGTH + (long) chunkCount * IndexSlot.LENGTH + Structure.CRC_LENGTH;
    }

    /** Takes an index copy of {@code chunkCount} slots apart; each slot is checked for itself. */
    public static List<IndexSlot> parse(ByteBuffer whole, int chunkCount, ImageSpec spec, long imageId, ImagePosition place)
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
                    new ImagePosition(place.image(), place.offset() + start)));
        }
        return slots;
    }
}
