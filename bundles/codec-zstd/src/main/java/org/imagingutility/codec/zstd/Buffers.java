package org.imagingutility.codec.zstd;

import java.nio.ByteBuffer;

/** Checks of how compressors and decompressors are used. */
final class Buffers {
    private Buffers() {
    }

    static void checkOpen(boolean closed, String what) {
        if (closed) {
            throw new IllegalStateException("the " + what + " is closed");
        }
    }

    static void checkDirect(ByteBuffer buffer, String name) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("the " + name + " buffer is not direct");
        }
    }
}
