package org.imagingutility.codec.compress.lz4;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.codec.compress.stream.Requirements;
import org.osgi.service.component.annotations.Component;

/**
 * lz4 frames. The {@code lz4} tool passes over the structures between them, which are skippable frames to it as they are to
 * {@code zstd}, so it restores an image. Used by several threads at once; it has no state.
 *
 * <p>Made here and not by a library: that of Commons Compress took minutes for frames with long runs. lz4-java 1.10.0
 * (at.yawk.lz4) has the headers of a bundle, but exports no package and demands {@code sun.misc}, so no other bundle can be
 * wired to it. Its form in Java alone is no quicker than this one and stores 8 % more; its native form is quicker, stores 4 %
 * more, and unpacks its library into the folder for temporary files, where a process that is halted leaves it.
 */
@Component
public final class Lz4Codec implements Codec {
    static final String NAME = "lz4";
    private static final int WIRE_ID = 5;
    private static final int LEVEL = 1;
    private static final long MAX_ZERO_RUN = 64 << 20;

    /** Creates the codec. */
    public Lz4Codec() {
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
        return new CodecTraits(LEVEL, LEVEL, LEVEL, Optional.of("lz4 -d {image} {raw}"), MAX_ZERO_RUN);
    }

    /** {@inheritDoc} A block that does not compress is stored as it is. */
    @Override
    public int maxStoredLength(int contentLength) {
        return Math.addExact(Requirements.contentLength(contentLength), Lz4Frame.overhead(contentLength));
    }

    @Override
    public FrameCompressor newCompressor(int level) {
        Requirements.level(level, LEVEL, LEVEL);
        return new Lz4Compressor();
    }

    @Override
    public FrameDecompressor newDecompressor() {
        return new Lz4Decompressor();
    }

    @Override
    public void encodeZeroRun(long zeroCount, ByteBuffer stored) {
        Lz4ZeroRun.write(checkedZeroCount(zeroCount), stored);
    }

    @Override
    public int zeroRunLength(long zeroCount) {
        return Lz4ZeroRun.length(checkedZeroCount(zeroCount));
    }

    private static int checkedZeroCount(long zeroCount) {
        if (zeroCount < 1 || zeroCount > MAX_ZERO_RUN) {
            throw new IllegalArgumentException("zero count " + zeroCount + " is not in 1.." + MAX_ZERO_RUN);
        }
        return (int) zeroCount;
    }
}
