package org.imagingutility.format.skz.structure;

/** What an image may hold at most. A reader refuses more before it takes memory for it. */
public final class Limits {
    /** Chunks an image may be planned with: their index takes 32 MiB. */
    public static final int PLANNED_CHUNKS = 1 << 18;
    /** Chunks an image may end up with: the index is held in memory while the image is open. */
    public static final int CHUNKS = 1 << 20;
    /** Frames in a chunk: its table takes 4 MiB. */
    public static final int FRAMES_PER_CHUNK = 1 << 16;
    /** Extents in a chunk. */
    public static final int EXTENTS_PER_CHUNK = 1 << 18;
    /** Unreadable ranges in a chunk: they take 24 MiB of the file. */
    public static final int UNREADABLE_PER_CHUNK = 1 << 20;
    /**
     * Bytes of an allocation map: a number below {@link org.imagingutility.api.container.ImageSpec#MAX_CHUNK_SIZE} takes 6.
     */
    public static final int MAP_BYTES = 1 + EXTENTS_PER_CHUNK * 2 * 6;
    /** Bytes of one JSON text. */
    public static final int JSON_BYTES = 1 << 20;
    /** Characters of a codec's name. */
    public static final int CODEC_NAME = 32;
    /** Bytes of a sector. */
    public static final int SECTOR_SIZE = 1 << 20;
    /** Slots of an index block that is added when the planned one is full. */
    public static final int EXTENSION_SLOTS = 1024;
    /** Zero bytes one gap frame stands for at most; bounds the memory for its stored form. */
    public static final long GAP_RUN = 1L << 30;
    /** Bytes a gap frame may take in the file. */
    public static final int GAP_STORED = 1 << 20;

    private Limits() {
    }

    /**
     * Returns the most bytes a frame of {@code contentLength} bytes may take in the file (see {@code Codec.maxStoredLength}).
     */
    public static int storedLength(int contentLength) {
        return contentLength + contentLength / 100 + (64 << 10);
    }
}
