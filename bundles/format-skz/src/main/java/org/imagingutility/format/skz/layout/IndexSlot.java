package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.read.IndexReader;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;

/**
 * One chunk in the index: 128 bytes with a CRC-32C of their own, because slots are filled in place, one by one. The
 * image's number goes into that CRC-32C too, so that a slot left over from another image does not hold.
 *
 * @param chunk what callers see of it
 * @param level level of the codec
 * @param tableOffset first byte of the chunk table, counted from the first byte of the chunk
 * @param usedBytes bytes of device that are in use in the chunk
 */
public record IndexSlot(ChunkInfo chunk, int level, long tableOffset, long usedBytes) {
    /** Bytes of a slot. */
    public static final int LENGTH = StructureLengths.INDEX_SLOT;

    private static final int EMPTY = 0;
    private static final int CHUNK = 1;
    private static final int CONTINUATION = 2;
    private static final int CRC_AT = LENGTH - Structure.CRC_LENGTH;
    private static final int FILE_OFFSET_AT = 24;

    /** Returns the bytes of the chunk table. */
    public int tableLength() {
        return (int) (chunk.fileLength() - tableOffset);
    }

    /** Returns the first byte of device behind the chunk. */
    public long deviceEnd() {
        return chunk.deviceOffset() + chunk.deviceLength();
    }

    /** Returns the first byte of the file behind the chunk. */
    public long fileEnd() {
        return chunk.fileOffset() + chunk.fileLength();
    }

    /** Returns the place of the chunk table in the file. */
    public long tableFileOffset() {
        return chunk.fileOffset() + tableOffset;
    }

    /** Puts the slot at the position of {@code target}, a little-endian buffer, and moves the position behind it. */
    public void encode(ByteBuffer target, long imageId) {
        int start = target.position();
        target.put((byte) CHUNK).put((byte) 0).putShort((short) 0).putInt(chunk.chunkIndex())
                .putLong(chunk.deviceOffset()).putLong(chunk.deviceLength())
                .putLong(chunk.fileOffset()).putLong(chunk.fileLength())
                .putLong(tableOffset).putInt(tableLength()).putInt(chunk.frameCount())
                .putLong(usedBytes)
                .putInt(level).putShort((short) chunk.codecWireId()).putShort((short) 0)
                .put(chunk.digest().toBytes())
                .putLong(chunk.unreadableBytes()).putLong(0).putInt(0);
        target.putInt(crc(target, start, imageId));
    }

    /** Returns a slot that says that the index continues with the block at {@code fileOffset}. */
    public static ByteBuffer continuation(long fileOffset, long imageId) {
        ByteBuffer slot = newBuffer().put(0, (byte) CONTINUATION).putLong(FILE_OFFSET_AT, fileOffset);
        return slot.putInt(CRC_AT, crc(slot, 0, imageId));
    }

    /** Returns the slot in a buffer of its own. */
    public ByteBuffer encoded(long imageId) {
        ByteBuffer slot = newBuffer();
        encode(slot, imageId);
        return slot.flip();
    }

    private static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(ByteBuffer slots, int start, long imageId) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(imageId).flip());
        crc.update(slots.duplicate().limit(start + CRC_AT).position(start));
        return (int) crc.getValue();
    }

    /** Returns where the index continues according to the slot at {@code start}, or -1 if it is no such slot. */
    public static long continuationAt(ByteBuffer slots, int start, long imageId) {
        boolean holds = slots.get(start) == CONTINUATION && slots.getInt(start + CRC_AT) == crc(slots, start, imageId);
        return holds ? Math.max(-1, slots.getLong(start + FILE_OFFSET_AT)) : -1;
    }

    /** Says whether no chunk was entered in the slot at {@code start} yet. */
    public static boolean isEmpty(ByteBuffer slots, int start) {
        return slots.get(start) == EMPTY;
    }

    /**
     * Takes the slot of chunk {@code chunkIndex} apart. Its ranges are checked against {@code spec} and for overflow;
     * {@link IndexReader} checks how they fit the file and each other.
     *
     * @param slots a little-endian buffer, in which the slot begins at {@code start}
     */
    public static IndexSlot parse(ByteBuffer slots, int start, int chunkIndex, ImageSpec spec, long imageId,
            ImagePosition place)
            throws ImageDamagedException {
        int crc = crc(slots, start, imageId);
        if (slots.getInt(start + CRC_AT) != crc) {
            throw place.damaged("index slot of chunk %d: CRC-32C is 0x%08X, expected 0x%08X"
                    .formatted(chunkIndex, crc, slots.getInt(start + CRC_AT)));
        }
        ByteBuffer in = slots.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(start + CRC_AT).position(start);
        int kind = in.getInt();
        int foundIndex = in.getInt();
        long deviceOffset = in.getLong();
        long deviceLength = in.getLong();
        long fileOffset = in.getLong();
        long fileLength = in.getLong();
        long tableOffset = in.getLong();
        int tableLength = in.getInt();
        int frameCount = in.getInt();
        long usedBytes = in.getLong();
        int level = in.getInt();
        int codecWireId = Short.toUnsignedInt(in.getShort());
        int reserved = in.getShort();
        byte[] digest = new byte[StructureLengths.DIGEST];
        in.get(digest);
        long unreadableBytes = in.getLong();
        while (in.hasRemaining()) {
            reserved |= in.get();
        }
        boolean holds = kind == CHUNK && foundIndex == chunkIndex && reserved == 0 && codecWireId > 0
                && deviceOffset >= 0 && deviceOffset % spec.frameSize() == 0 && deviceOffset < spec.deviceLength()
                && deviceLength > 0 && deviceLength <= spec.deviceLength() - deviceOffset
                && deviceLength <= ImageSpec.MAX_CHUNK_SIZE
                && (deviceLength % spec.frameSize() == 0 || deviceOffset + deviceLength == spec.deviceLength())
                && fileOffset >= 0 && fileLength > 0 && fileLength <= Long.MAX_VALUE - fileOffset
                && tableOffset > 0 && tableOffset < fileLength && tableLength == fileLength - tableOffset
                && tableLength <= StructureKind.CHUNK_TABLE.maxLength()
                && frameCount > 0 && frameCount <= Limits.FRAMES_PER_CHUNK
                && frameCount <= (deviceLength - 1) / spec.frameSize() + 1
                && usedBytes > 0 && usedBytes <= deviceLength
                && unreadableBytes >= 0 && unreadableBytes <= usedBytes;
        if (!holds) {
            throw place.damaged("index slot of chunk " + chunkIndex + ": its values do not fit together or the image"
                    + " (kind " + kind + ", chunk " + foundIndex + ", device " + deviceOffset + "+" + deviceLength
                    + ", file " + fileOffset + "+" + fileLength + ", table " + tableOffset + "+" + tableLength
                    + ", " + frameCount + " frames, " + usedBytes + " bytes used, " + unreadableBytes
                    + " unreadable, codec " + codecWireId + ")");
        }
        return new IndexSlot(new ChunkInfo(chunkIndex, deviceOffset, deviceLength, fileOffset, fileLength, frameCount,
                codecWireId, Digest.of(digest), unreadableBytes), level, tableOffset, usedBytes);
    }
}
