package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.ChunkTableStructure;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;
import org.imagingutility.format.skz.structure.StructureReader;

/** Makes the index slot of a chunk of its table: where the chunk begins follows from where the table stands. */
final class SlotFromTable {
    private static final int ENTRIES_AT = StructureLengths.CHUNK_FIELDS;
    private static final int OFFSET_AT = 8;
    private static final int STORED_LENGTH_AT = 20;
    private static final int DIGEST_LENGTH = StructureLengths.DIGEST;

    private SlotFromTable() {
    }

    /**
     * Returns the slot of the chunk whose table {@code whole} stands at byte {@code offset}; all of the table was checked.
     */
    static IndexSlot of(DamagedImage image, ByteBuffer whole, long offset) throws ImagingException {
        ImagePosition place = image.in().place(offset);
        ChunkDescription chunk = ChunkDescription.read(new StructureReader(whole, StructureKind.CHUNK_TABLE, place),
                image.imageId(), image.header().spec());
        ByteBuffer table = whole.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int entries = ENTRIES_AT + chunk.map().length;
        long rangesAt = entries + (long) chunk.frameCount() * ChunkTableStructure.ENTRY_LENGTH;
        long digestAt = (long) whole.limit() - Structure.CRC_LENGTH - DIGEST_LENGTH;
        if (rangesAt > digestAt) {
            throw place.damaged("its " + chunk.frameCount() + " frames do not fit it");
        }
        int last = (int) rangesAt - ChunkTableStructure.ENTRY_LENGTH;
        long lastEnd = table.getLong(last + OFFSET_AT) + Integer.toUnsignedLong(table.getInt(last + STORED_LENGTH_AT));
        long gap = image.gapLength(chunk.codecWireId(), image.windowEnd(lastWindow(chunk, image)),
                chunk.deviceOffset() + chunk.deviceLength());
        long tableOffset = lastEnd + gap;
        long chunkOffset = offset - tableOffset;
        if (gap < 0 || table.getLong(last + OFFSET_AT) < 0 || tableOffset <= 0 || chunkOffset < 0) {
            throw place.damaged("its frames end at byte " + lastEnd + " of the chunk, which does not fit the file");
        }
        byte[] digest = new byte[DIGEST_LENGTH];
        table.get((int) digestAt, digest);
        IndexSlot slot = new IndexSlot(new ChunkInfo(chunk.chunkIndex(), chunk.deviceOffset(), chunk.deviceLength(),
                chunkOffset, tableOffset + whole.limit(), chunk.frameCount(), chunk.codecWireId(), Digest.of(digest),
                unreadableBytes(table, (int) rangesAt, (int) digestAt, place)), chunk.level(), tableOffset,
                chunk.extents().totalLength());
        ChunkTableStructure.parse(whole, slot, image.imageId(), image.header().spec(), place);
        return slot;
    }

    private static long lastWindow(ChunkDescription chunk, DamagedImage image) {
        return (chunk.extents().end(chunk.extents().count() - 1) - 1) / image.frameSize();
    }

    private static long unreadableBytes(ByteBuffer table, int from, int to, ImagePosition place)
            throws ImageDamagedException {
        if (from == to) {
            return 0;
        }
        int count = (to - from - Integer.BYTES) / ChunkTableStructure.RANGE_LENGTH;
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            long length = table.getLong(from + Integer.BYTES + i * ChunkTableStructure.RANGE_LENGTH + Long.BYTES);
            if (length < 0 || length > Long.MAX_VALUE - bytes) {
                throw place.damaged("an unreadable range of " + length + " bytes");
            }
            bytes += length;
        }
        return bytes;
    }
}
