package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** GUIDs as they stand on disks: the first three parts little endian, the rest in order (UEFI, appendix A). */
final class Guids {
    private Guids() {
    }

    /** Returns the GUID at {@code position} of a little-endian buffer, upper case with hyphens. */
    static String read(ByteBuffer bytes, int position) {
        long rest = bytes.slice(position + 8, 8).order(ByteOrder.BIG_ENDIAN).getLong(0);
        return String.format("%08X-%04X-%04X-%04X-%012X", bytes.getInt(position), bytes.getShort(position + 4),
                bytes.getShort(position + 6), rest >>> 48, rest & 0xFFFF_FFFF_FFFFL);
    }
}
