package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * A block of index slots. Its CRC-32C covers the head only, because the slots behind it are filled in place. The last
 * slot is kept for the place of the next block.
 *
 * @param fileOffset first byte in the file
 * @param blockIndex number of the block, from 0
 * @param slotCount number of its slots; 0 in an image that was written in one pass
 */
public record IndexBlock(long fileOffset, int blockIndex, int slotCount) {
    /** Bytes of the head. */
    public static final int HEAD_LENGTH = StructureLengths.INDEX_BLOCK_HEAD;

    /** Returns the bytes of the block, slots included. */
    long length() {
        return HEAD_LENGTH + (long) slotCount * IndexSlot.LENGTH;
    }

    /** Returns the first byte behind the block. */
    public long end() {
        return fileOffset + length();
    }

    /** Returns how many chunks the block has room for. */
    public int capacity() {
        return Math.max(0, slotCount - 1);
    }

    /** Returns the place of slot {@code number} in the file. */
    public long slotOffset(int number) {
        return fileOffset + HEAD_LENGTH + (long) number * IndexSlot.LENGTH;
    }

    /** Returns the head of the block, in the buffer of {@code out}. */
    public ByteBuffer encodeHead(long imageId, StructureWriter out) {
        return out.begin(StructureKind.INDEX).u64(imageId).u32(blockIndex).u32(slotCount)
                .end(slotCount * IndexSlot.LENGTH);
    }

    /** Takes the head of block {@code blockIndex} apart; {@code room} bytes of file are left for the block. */
    public static IndexBlock parseHead(ByteBuffer head, int blockIndex, long imageId, long room, ImagePosition place)
            throws ImageDamagedException {
        int slotBytes = head.getInt(4) - (HEAD_LENGTH - Structure.PREFIX_LENGTH);
        StructureReader in = new StructureReader(head, StructureKind.INDEX, place, slotBytes);
        in.imageId(imageId);
        in.u32("block", blockIndex, blockIndex);
        int slotCount = in.u32("slot count", 0, Math.min(Limits.CHUNKS, room / IndexSlot.LENGTH));
        in.end();
        IndexBlock block = new IndexBlock(place.offset(), blockIndex, slotCount);
        if (slotBytes != slotCount * IndexSlot.LENGTH || block.length() > room) {
            throw in.damaged("its " + slotCount + " slots do not fit its length or the " + room + " bytes of file left");
        }
        return block;
    }
}
