package org.imagingutility.codec.zstd;

import java.nio.ByteBuffer;

/** Checks of how compressors and decompressors are used, and what they fail with where memory is short. */
final class Buffers {
    private Buffers() {
    }

    static void checkOpen(boolean closed, String what) {
        if (closed) {
            throw new IllegalStateException("the " + what + " is closed");
        }
    }

    /** Returns the error for memory that the native library could not have; it makes a context fail for no other reason. */
    static OutOfMemoryError outOfMemory(String what, RuntimeException cause) {
        OutOfMemoryError error = new OutOfMemoryError("codec zstd: no native memory for a " + what);
        error.initCause(cause);
        return error;
    }

    static void checkDirect(ByteBuffer buffer, String name) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("the " + name + " buffer is not direct");
        }
    }
}
