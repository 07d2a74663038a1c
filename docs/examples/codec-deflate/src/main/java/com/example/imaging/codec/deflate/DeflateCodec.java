package com.example.imaging.codec.deflate;

import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.osgi.service.component.annotations.Component;

/** Frames in the zlib format (RFC 1950), by the JDK. Used by several threads at once; it has no state. */
@Component
public final class DeflateCodec implements Codec {
    static final String NAME = "deflate";
    /** Stands in every image this codec wrote: never to be changed, never to be used for other stored bytes. */
    private static final int WIRE_ID = 40_001;

    /** Creates the codec. */
    public DeflateCodec() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int wireId() {
        return WIRE_ID;
    }

    /** {@inheritDoc} No stock command: no common tool reads bare zlib streams with other bytes between them. */
    @Override
    public CodecTraits traits() {
        return new CodecTraits(1, 9, 6, Optional.empty(), 0);
    }

    /** {@inheritDoc} What cannot be compressed grows by a head and a tail and a few bytes for each block. */
    @Override
    public int maxStoredLength(int contentLength) {
        return Math.addExact(contentLength, contentLength / 128 + 64);
    }

    @Override
    public FrameCompressor newCompressor(int level) {
        return new DeflateCompressor(level);
    }

    @Override
    public FrameDecompressor newDecompressor() {
        return new DeflateDecompressor();
    }
}
