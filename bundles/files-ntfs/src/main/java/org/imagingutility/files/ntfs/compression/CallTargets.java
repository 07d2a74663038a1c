package org.imagingutility.files.ntfs.compression;

/**
 * Undoes what LZX does to x86 code before it compresses ([MS-PATCH] 2.2): behind each byte E8 (CALL) the distance was replaced by the
 * target, counted from the begin of the data. In WIM files, and in files that Windows compresses by the same means, this is always
 * done, with a file size of 12 000 000 ({@code lzx_common.c} of wimlib); a call that begins in the last ten bytes is left alone.
 */
final class CallTargets {
    private static final byte CALL = (byte) 0xE8;
    private static final int FILE_SIZE = 12_000_000;
    private static final int LEFT_ALONE = 10;
    private static final int INSTRUCTION = 5;

    private CallTargets() {
    }

    /** Makes the targets in the first {@code length} bytes distances again. */
    static void undo(byte[] data, int length) {
        int at = 0;
        while (at < length - LEFT_ALONE) {
            if (data[at] != CALL) {
                at++;
                continue;
            }
            int target = number(data, at + 1);
            if (target >= 0 && target < FILE_SIZE) {
                put(data, at + 1, target - at);
            } else if (target < 0 && target >= -at) {
                put(data, at + 1, target + FILE_SIZE);
            }
            at += INSTRUCTION;
        }
    }

    private static int number(byte[] data, int at) {
        return Byte.toUnsignedInt(data[at]) | Byte.toUnsignedInt(data[at + 1]) << 8 | Byte.toUnsignedInt(data[at + 2]) << 16
                | data[at + 3] << 24;
    }

    private static void put(byte[] data, int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            data[at + i] = (byte) (value >> i * Byte.SIZE);
        }
    }
}
