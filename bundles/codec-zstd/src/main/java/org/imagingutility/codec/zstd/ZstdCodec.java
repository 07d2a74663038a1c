package org.imagingutility.codec.zstd;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.osgi.service.component.annotations.Component;

/** Zstandard, by the native library of zstd-jni. Used by several threads at once; it has no state. */
@Component
public final class ZstdCodec implements Codec {
    static final String NAME = "zstd";
    private static final int WIRE_ID = 1;
    private static final long MAX_ZERO_RUN = 1L << 30;
    /** The levels of zstd 1.5 ({@code ZSTD_minCLevel}, {@code ZSTD_maxCLevel}): asking the library for them would load it. */
    static final int MIN_LEVEL = -(1 << 17);
    static final int MAX_LEVEL = 22;
    static final int DEFAULT_LEVEL = 3;

    /** Creates the codec. The native library is loaded when it is first needed. */
    public ZstdCodec() {
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
        return new CodecTraits(MIN_LEVEL, MAX_LEVEL, DEFAULT_LEVEL, Optional.of("zstd -d"), MAX_ZERO_RUN);
    }

    @Override
    public int maxStoredLength(int contentLength) {
        if (contentLength < 0) {
            throw new IllegalArgumentException("content length " + contentLength + " is negative");
        }
        return Math.toIntExact(Zstd.compressBound(contentLength));
    }

    @Override
    public long compressorMemory(int level, int contentLength) {
        return CompressorMemory.bytes(level, contentLength);
    }

    @Override
    public FrameCompressor newCompressor(int level) throws CodecException {
        return new ZstdFrameCompressor(checkedLevel(level));
    }

    @Override
    public FrameCompressor newProbingCompressor(int level) throws CodecException {
        return checkedLevel(level) < ProbingCompressor.LEAST_LEVEL ? newCompressor(level) : new ProbingCompressor(level);
    }

    private int checkedLevel(int level) {
        CodecTraits traits = traits();
        if (level < traits.minLevel() || level > traits.maxLevel()) {
            throw new IllegalArgumentException("level " + level + " is not in " + traits.minLevel() + ".."
                    + traits.maxLevel());
        }
        return level;
    }

    @Override
    public FrameDecompressor newDecompressor() throws CodecException {
        return new ZstdFrameDecompressor();
    }

    @Override
    public void encodeZeroRun(long zeroCount, ByteBuffer stored) {
        ZeroRunFrame.write(checkedZeroCount(zeroCount), stored);
    }

    @Override
    public int zeroRunLength(long zeroCount) {
        return ZeroRunFrame.length(checkedZeroCount(zeroCount));
    }

    private static long checkedZeroCount(long zeroCount) {
        if (zeroCount < 1 || zeroCount > MAX_ZERO_RUN) {
            throw new IllegalArgumentException("zero count " + zeroCount + " is not in 1.." + MAX_ZERO_RUN);
        }
        return zeroCount;
    }
}
