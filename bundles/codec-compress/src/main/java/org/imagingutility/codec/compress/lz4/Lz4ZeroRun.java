package org.imagingutility.codec.compress.lz4;

import java.nio.ByteBuffer;

/**
 * The lz4 frame of a run of zeros, without a content checksum. A block of more than 32 zeros is compressed as a literal zero,
 * a match of distance 1 and, as the LZ4 Block Format Description asks for, five literal zeros at its end. A match takes a
 * byte for each 255 of its length, so a run takes 1/255 of what it stands for: no form of lz4 is shorter.
 */
final class Lz4ZeroRun {
    private static final int STORED_UP_TO = 32;
    private static final int FIRST_LITERALS = 1;
    private static final int LAST_LITERALS = 5;
    private static final int LEAST_MATCH = 4;
    private static final int TOKEN_MOST = 15;
    private static final int EXTENSION_MOST = 255;
    private static final int FRAME_REST = Lz4Frame.HEADER_LENGTH + Integer.BYTES;

    private Lz4ZeroRun() {
    }

    /** Returns the length in bytes of the frame for {@code zeroCount} zeros, at least 1. */
    static int length(int zeroCount) {
        int blockSize = Lz4Frame.blockSize(zeroCount);
        int rest = zeroCount % blockSize;
        return FRAME_REST + zeroCount / blockSize * (Integer.BYTES + blockLength(blockSize))
                + (rest == 0 ? 0 : Integer.BYTES + blockLength(rest));
    }

    /** Writes the frame for {@code zeroCount} zeros, at least 1. */
    static void write(int zeroCount, ByteBuffer stored) {
        ByteBuffer out = Lz4Frame.littleEndian(stored);
        Lz4Frame.writeHeader(zeroCount, 0, out);
        int blockSize = Lz4Frame.blockSize(zeroCount);
        for (int left = zeroCount; left > 0; left -= blockSize) {
            writeBlock(Math.min(left, blockSize), out);
        }
        out.putInt(0);
        stored.position(stored.position() + out.position());
    }

    private static int blockLength(int zeros) {
        return zeros <= STORED_UP_TO ? zeros
                : 1 + FIRST_LITERALS + Short.BYTES + extension(zeros) / EXTENSION_MOST + 1 + 1 + LAST_LITERALS;
    }

    /** What of the length of the match the bytes behind its token say. */
    private static int extension(int zeros) {
        return zeros - FIRST_LITERALS - LAST_LITERALS - LEAST_MATCH - TOKEN_MOST;
    }

    private static void writeBlock(int zeros, ByteBuffer out) {
        if (zeros <= STORED_UP_TO) {
            out.putInt(zeros | Lz4Frame.STORED_BLOCK).put(new byte[zeros]);
            return;
        }
        out.putInt(blockLength(zeros)).put((byte) (FIRST_LITERALS << 4 | TOKEN_MOST)).put((byte) 0).putShort((short) 1);
        int left = extension(zeros);
        for (; left >= EXTENSION_MOST; left -= EXTENSION_MOST) {
            out.put((byte) EXTENSION_MOST);
        }
        out.put((byte) left).put((byte) (LAST_LITERALS << 4)).put(new byte[LAST_LITERALS]);
    }
}
