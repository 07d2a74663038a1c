package org.imagingutility.tck;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/** Stores bytes as they are. */
public final class StoreCodec implements Codec {
    private static final String NAME = "store";
    private static final int WIRE_ID = 65535;

    /** Creates the codec. */
    public StoreCodec() {
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
        return contentLength;
    }

    @Override
    public FrameCompressor newCompressor(int level) {
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
            checkOpen();
            stored.put(content);
        }

        @Override
        public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
            checkOpen();
            if (stored.remaining() != content.remaining()) {
                throw new CodecException(NAME, stored.remaining() + " bytes are stored, " + content.remaining()
                        + " are expected", null);
            }
            content.put(stored);
        }

        private void checkOpen() {
            if (closed) {
                throw new IllegalStateException("closed");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
