package org.imagingutility.codec.compress.stream;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.error.CodecException;

/** What all compressors check and promise; how a frame is encoded is their own. For one thread. */
public abstract class CheckedCompressor implements FrameCompressor {
    private boolean closed;

    @Override
    public final void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
        if (closed) {
            throw new IllegalStateException("the compressor is closed");
        }
        Requirements.direct(content, "content");
        Requirements.direct(stored, "stored");
        if (!content.hasRemaining()) {
            throw new IllegalArgumentException("no content to compress");
        }
        encode(content, stored);
    }

    /** Encodes all of {@code content}, at least one byte, and moves both positions; both buffers are direct. */
    protected abstract void encode(ByteBuffer content, ByteBuffer stored) throws CodecException;

    /** Returns the error for stored bytes that do not fit, which {@code Codec.maxStoredLength} rules out. */
    public static CodecException noRoom(String codec, int contentLength, int room) {
        return new CodecException(codec, contentLength + " bytes of content do not fit into " + room + " stored ones", null);
    }

    @Override
    public void close() {
        closed = true;
    }
}
