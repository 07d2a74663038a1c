package org.imagingutility.fs.ntfs.structure;

import java.nio.ByteBuffer;

/**
 * Undoes the update sequence of blocks that are no records of {@code $MFT}: index blocks and pages of the log
 * ({@code NTFS_RECORD} in {@code layout.h} of ntfs-3g).
 */
public final class UpdateSequence {
    private static final int BLOCK = 512;
    private static final int OFFSET_AT = 4;
    private static final int COUNT_AT = 6;
    private static final int HEAD = 8;

    private UpdateSequence() {
    }

    /** Restores the last two bytes of each 512; returns false if the array of them is out of range or a write was torn. */
    public static boolean undo(ByteBuffer bytes) {
        int offset = Short.toUnsignedInt(bytes.getShort(OFFSET_AT));
        int count = Short.toUnsignedInt(bytes.getShort(COUNT_AT));
        int blocks = bytes.limit() / BLOCK;
        if (offset < HEAD || offset % 2 != 0 || count != blocks + 1 || offset + 2 * count > bytes.limit()) {
            return false;
        }
        short expected = bytes.getShort(offset);
        for (int block = 0; block < blocks; block++) {
            int at = (block + 1) * BLOCK - 2;
            if (bytes.getShort(at) != expected) {
                return false;
            }
            bytes.putShort(at, bytes.getShort(offset + 2 * (block + 1)));
        }
        return true;
    }
}
