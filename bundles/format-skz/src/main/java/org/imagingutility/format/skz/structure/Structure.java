package org.imagingutility.format.skz.structure;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** What all structures have in common: {@code u32 magic, u32 length of what follows, 8 characters tag, ..., u32 CRC-32C}. */
public final class Structure {
    /** Bytes of magic number and length. */
    public static final int PREFIX_LENGTH = 8;
    /** Bytes of magic number, length and tag. */
    public static final int TAGGED_LENGTH = 16;
    /** Bytes of the CRC-32C at the end. */
    public static final int CRC_LENGTH = 4;

    private Structure() {
    }

    /** Returns the CRC-32C of bytes {@code from} to {@code to} (exclusive) of {@code buffer}, which is left as it is. */
    public static int crc(ByteBuffer buffer, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().limit(to).position(from));
        return (int) crc.getValue();
    }
}
