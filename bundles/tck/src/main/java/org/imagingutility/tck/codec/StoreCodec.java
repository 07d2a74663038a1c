package org.imagingutility.tck.codec;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/** Stores bytes as they are. Equal to itself only. Used by several threads at once. */
public final class StoreCodec implements Codec {
    private static final String NAME = "store";
    private static final int WIRE_ID = 65535;

    private final String name;
    private final int wireId;

    /** Creates the codec {@code store}. */
    public StoreCodec() {
        this(NAME, WIRE_ID);
    }

    /** Creates a codec with another name and number, to stand for another one. */
    public StoreCodec(String name, int wireId) {
        this.name = name;
        this.wireId = wireId;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int wireId() {
        return wireId;
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
        return new Copier(name);
    }

    @Override
    public FrameDecompressor newDecompressor() {
        return new Copier(name);
    }

    /** Copies in both directions. */
    private static final class Copier implements FrameCompressor, FrameDecompressor {
        private final String codec;
        private boolean closed;

        Copier(String codec) {
            this.codec = codec;
        }

        @Override
        public void compress(ByteBuffer content, ByteBuffer stored) {
            checkOpen();
            stored.put(content);
        }

        @Override
        public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
            checkOpen();
            if (stored.remaining() != content.remaining()) {
                throw new CodecException(codec, stored.remaining() + " bytes are stored, " + content.remaining()
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
