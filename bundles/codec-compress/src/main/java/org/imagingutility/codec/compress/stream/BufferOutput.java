package org.imagingutility.codec.compress.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Lets a library write into a buffer, and no further. */
final class BufferOutput extends OutputStream {
    private final ByteBuffer target;

    BufferOutput(ByteBuffer target) {
        this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
        requireRoom(1);
        target.put((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        requireRoom(length);
        target.put(bytes, offset, length);
    }

    private void requireRoom(int length) throws IOException {
        if (target.remaining() < length) {
            throw new IOException("more than " + target.capacity() + " bytes");
        }
    }
}
