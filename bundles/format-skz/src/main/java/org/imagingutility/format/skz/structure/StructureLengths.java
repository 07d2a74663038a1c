package org.imagingutility.format.skz.structure;

/** Bytes of the parts of structures whose length is fixed. {@link Limits} has what bounds the others. */
public final class StructureLengths {
    /** Fields of a header before the codec's name. */
    static final int HEADER_FIELDS = 100;
    /** Head of an index block, with its CRC-32C. */
    public static final int INDEX_BLOCK_HEAD = 36;
    /** An index slot. */
    public static final int INDEX_SLOT = 128;
    /** Fields of an index copy before its first slot. */
    public static final int INDEX_COPY_HEAD = 28;
    /** Fields of a chunk head and of a chunk table before the allocation map. */
    public static final int CHUNK_FIELDS = 64;
    /** The structure before the stored bytes of a frame. */
    public static final int FRAME_HEAD = 84;
    /** A frame's entry in a chunk table. */
    public static final int TABLE_ENTRY = 64;
    /** An unreadable range in a chunk table. */
    public static final int TABLE_RANGE = 16;
    /** A digest. */
    public static final int DIGEST = 32;
    /** Fields of a structure of unreadable ranges before the first range. */
    public static final int UNREADABLE_HEAD = 36;
    /** A range in a structure of unreadable ranges. */
    public static final int UNREADABLE_RANGE = 8;
    /** Fields of a footer before its JSON text. */
    public static final int FOOTER_FIELDS = 164;
    /** The locator at the end of a footer, with the footer's CRC-32C. */
    public static final int FOOTER_LOCATOR = 24;

    private StructureLengths() {
    }
}
