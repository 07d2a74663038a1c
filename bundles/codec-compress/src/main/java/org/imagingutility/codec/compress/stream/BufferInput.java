package org.imagingutility.codec.compress.stream;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** Lets a library read what remains in a buffer. */
final class BufferInput extends InputStream {
    private final ByteBuffer source;

    BufferInput(ByteBuffer source) {
        this.source = source;
    }

    @Override
    public int read() {
        return source.hasRemaining() ? source.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, source.remaining());
        if (count == 0) {
            return -1;
        }
        source.get(bytes, offset, count);
        return count;
    }

    @Override
    public int available() {
        return source.remaining();
    }
}
