package org.imagingutility.codec.compress.gzip;

import java.util.Optional;
import java.util.zip.Deflater;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.codec.compress.stream.Requirements;
import org.osgi.service.component.annotations.Component;

/**
 * gzip (RFC 1952), by the JDK's deflate. That it is the JDK's and not a library's: only it works on direct buffers, and
 * libraries use it as well. Used by several threads at once; it has no state.
 */
@Component
public final class GzipCodec implements Codec {
    static final String NAME = "gzip";
    private static final int WIRE_ID = 3;
    private static final int DEFAULT_LEVEL = 6;

    /** Creates the codec. */
    public GzipCodec() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int wireId() {
        return WIRE_ID;
    }

    /** {@inheritDoc} {@code gzip -d} knows nothing that can stand between members, so it does not read an image. */
    @Override
    public CodecTraits traits() {
        return new CodecTraits(Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION, DEFAULT_LEVEL, Optional.empty(), 0);
    }

    /** {@inheritDoc} Stored blocks of deflate take 5 bytes for each 16 KiB at most; the rest is reserve. */
    @Override
    public int maxStoredLength(int contentLength) {
        return Math.addExact(Requirements.contentLength(contentLength), contentLength / 1024 + 1024);
    }

    @Override
    public FrameCompressor newCompressor(int level) {
        return new GzipCompressor(Requirements.level(level, Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION));
    }

    @Override
    public FrameDecompressor newDecompressor() {
        return new GzipDecompressor();
    }
}
