package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps content as it is. The frames of an image of the C# tool are shown in this form, because what that has compressed as one
 * piece has no compressed form for a frame. Used by several threads at once; it has no state.
 */
@Component
public final class StoredCodec implements Codec {
    static final String NAME = "stored";
    static final int WIRE_ID = 2;

    /** Creates the codec. */
    public StoredCodec() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int wireId() {
        return WIRE_ID;
    }

    @Override
    public CodecTraits traits() {
        return new CodecTraits(0, 0, 0, Optional.empty(), 0);
    }

    @Override
    public int maxStoredLength(int contentLength) {
        if (contentLength < 0) {
            throw new IllegalArgumentException("content length " + contentLength + " is negative");
        }
        return contentLength;
    }

    @Override
    public FrameCompressor newCompressor(int level) {
        if (level != 0) {
            throw new IllegalArgumentException("level " + level + " is not 0");
        }
        return new Copier();
    }

    @Override
    public FrameDecompressor newDecompressor() {
        return new Copier();
    }

    /** Copies in both directions. */
    private static final class Copier implements FrameCompressor, FrameDecompressor {
        private boolean closed;

        @Override
        public void compress(ByteBuffer content, ByteBuffer stored) {
            check(content, stored);
            if (!content.hasRemaining()) {
                throw new IllegalArgumentException("no content to store");
            }
            stored.put(content);
        }

        @Override
        public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
            check(content, stored);
            if (stored.remaining() != content.remaining()) {
                throw new CodecException(NAME, "damaged frame: " + stored.remaining() + " bytes are stored, expected "
                        + content.remaining(), null);
            }
            content.put(stored);
        }

        private void check(ByteBuffer content, ByteBuffer stored) {
            if (closed) {
                throw new IllegalStateException("the codec is closed");
            }
            if (!content.isDirect() || !stored.isDirect()) {
                throw new IllegalArgumentException("a buffer is not direct");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
