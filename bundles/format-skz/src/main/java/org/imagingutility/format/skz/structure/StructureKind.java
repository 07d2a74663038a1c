package org.imagingutility.format.skz.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The structures of a file: what they begin with and how long they can be. */
public enum StructureKind {
    /** What is fixed when the image is started. First in the file, and again before the footer. */
    HEADER(0x1, "SKZHEAD1", StructureLengths.HEADER_FIELDS + Limits.CODEC_NAME + Limits.JSON_BYTES + Structure.CRC_LENGTH),
    /** Room for index slots, which are filled in place. */
    INDEX(0x2, "SKZINDX1", StructureLengths.INDEX_BLOCK_HEAD + Limits.CHUNKS * StructureLengths.INDEX_SLOT),
    /** Before the frames of a chunk. */
    CHUNK_HEAD(0x3, "SKZCHNK1", StructureLengths.CHUNK_FIELDS + Limits.MAP_BYTES + Structure.CRC_LENGTH),
    /** Before the stored bytes of a frame. */
    FRAME_HEAD(0x4, "SKZFRAM1", StructureLengths.FRAME_HEAD),
    /** After the frames of a chunk. */
    CHUNK_TABLE(0x5, "SKZTABL1",
            StructureLengths.CHUNK_FIELDS + Limits.MAP_BYTES + Limits.FRAMES_PER_CHUNK * StructureLengths.TABLE_ENTRY
                    + Integer.BYTES + Limits.UNREADABLE_PER_CHUNK * StructureLengths.TABLE_RANGE
                    + StructureLengths.DIGEST + Structure.CRC_LENGTH),
    /** All slots of the index again. */
    INDEX_COPY(0x6, "SKZICPY1", StructureLengths.INDEX_COPY_HEAD + Limits.CHUNKS * StructureLengths.INDEX_SLOT
            + Structure.CRC_LENGTH),
    /** Last in the file; makes the image complete. */
    FOOTER(0x7, "SKZFOOT1", StructureLengths.FOOTER_FIELDS + Limits.JSON_BYTES + StructureLengths.FOOTER_LOCATOR),
    /** What the footer says, in front of the index copy. */
    FOOTER_COPY(0x8, "SKZFCPY1", StructureLengths.FOOTER_FIELDS + Limits.JSON_BYTES + StructureLengths.FOOTER_LOCATOR),
    /** Before the head of a frame parts of which could not be read from the device. */
    UNREADABLE(0x9, "SKZBADS1", StructureLengths.UNREADABLE_HEAD
            + Limits.UNREADABLE_PER_CHUNK * StructureLengths.UNREADABLE_RANGE + Structure.CRC_LENGTH);

    /** Magic number of a zstd skippable frame, RFC 8878 section 3.1.2; the low four bits are free. */
    private static final int SKIPPABLE_MAGIC = 0x184D2A50;

    private final int magic;
    private final String tag;
    private final int maxLength;

    StructureKind(int nibble, String tag, int maxLength) {
        this.magic = SKIPPABLE_MAGIC | nibble;
        this.tag = tag;
        this.maxLength = maxLength;
    }

    /** Returns the first four bytes as a little-endian number. */
    public int magic() {
        return magic;
    }

    /** Returns the eight ASCII characters behind magic number and length. */
    public String tag() {
        return tag;
    }

    /** Returns the tag as a little-endian number. */
    public long tagBits() {
        return bits(tag);
    }

    /** Returns the most bytes a structure of this kind has, magic number included. */
    public int maxLength() {
        return maxLength;
    }

    /** Returns eight ASCII characters as a little-endian number. */
    public static long bits(String tag) {
        return ByteBuffer.wrap(tag.getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
