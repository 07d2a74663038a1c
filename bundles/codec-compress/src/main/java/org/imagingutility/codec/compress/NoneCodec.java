package org.imagingutility.codec.compress;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.codec.compress.stream.CheckedCompressor;
import org.imagingutility.codec.compress.stream.CheckedDecompressor;
import org.imagingutility.codec.compress.stream.Requirements;
import org.osgi.service.component.annotations.Component;

/**
 * Stores content as it is, for data known not to compress or where processors are slower than disks. Used by several threads
 * at once; it has no state.
 */
@Component
public final class NoneCodec implements Codec {
    private static final String NAME = "none";
    private static final int WIRE_ID = 7;

    /** Creates the codec. */
    public NoneCodec() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int wireId() {
        return WIRE_ID;
    }

    /** {@inheritDoc} No tool passes over the structures between frames that are not marked as compressed. */
    @Override
    public CodecTraits traits() {
        return new CodecTraits(0, 0, 0, Optional.empty(), 0);
    }

    @Override
    public int maxStoredLength(int contentLength) {
        return Requirements.contentLength(contentLength);
    }

    @Override
    public FrameCompressor newCompressor(int level) {
        Requirements.level(level, 0, 0);
        return new CheckedCompressor() {
            @Override
            protected void encode(ByteBuffer content, ByteBuffer stored) throws CodecException {
                if (stored.remaining() < content.remaining()) {
                    throw noRoom(NAME, content.remaining(), stored.remaining());
                }
                stored.put(content);
            }
        };
    }

    @Override
    public FrameDecompressor newDecompressor() {
        return new CheckedDecompressor(NAME) {
            @Override
            protected void decode(ByteBuffer stored, ByteBuffer content) throws CodecException {
                if (stored.remaining() != content.remaining()) {
                    throw damaged(stored.remaining() + " bytes are stored, " + content.remaining() + " expected");
                }
                content.put(stored);
            }
        };
    }
}
