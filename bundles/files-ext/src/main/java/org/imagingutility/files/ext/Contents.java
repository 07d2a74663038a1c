package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import org.imagingutility.api.files.FileContent;

/** What contents have in common, and those that are in memory. */
final class Contents {
    private Contents() {
    }

    /** Checks what is asked of a content. */
    static void check(boolean closed, long length, long offset, int bytes) {
        if (closed) {
            throw new IllegalStateException("the content is closed");
        }
        if (offset < 0 || offset > length || bytes > length - offset) {
            throw new IllegalArgumentException("bytes " + offset + "+" + bytes + " of a content of " + length);
        }
    }

    static void zero(ByteBuffer target) {
        while (target.remaining() >= Long.BYTES) {
            target.putLong(0);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    /** Returns content that stands in an inode or is an attribute. */
    static FileContent of(byte[] bytes) {
        return new InMemory(bytes);
    }

    private static final class InMemory implements FileContent {
        private final byte[] bytes;
        private boolean closed;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(long offset, ByteBuffer target) {
            check(closed, bytes.length, offset, target.remaining());
            target.put(bytes, (int) offset, target.remaining());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
