package org.imagingutility.codec.compress.stream;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/** What all decompressors check and promise; how a frame is decoded is their own. For one thread. */
public abstract class CheckedDecompressor implements FrameDecompressor {
    private final String codec;
    private boolean closed;

    protected CheckedDecompressor(String codec) {
        this.codec = codec;
    }

    @Override
    public final void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
        if (closed) {
            throw new IllegalStateException("the decompressor is closed");
        }
        Requirements.direct(stored, "stored");
        Requirements.direct(content, "content");
        // views: whatever goes wrong, the caller's positions are not left half way
        decode(stored.slice(), content.slice());
        stored.position(stored.limit());
        content.position(content.limit());
    }

    /**
     * Decodes the one frame that {@code stored} holds from 0 to its limit into {@code content}, from 0 to its limit: neither
     * more nor less.
     */
    protected abstract void decode(ByteBuffer stored, ByteBuffer content) throws CodecException;

    /** Returns the error for stored bytes that do not hold. */
    public final CodecException damaged(String what) {
        return damaged(what, null);
    }

    public final CodecException damaged(String what, Exception cause) {
        return new CodecException(codec, "damaged frame: " + what, cause);
    }

    @Override
    public void close() {
        closed = true;
    }
}
