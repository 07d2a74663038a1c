package org.imagingutility.codec.compress.xz;

import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.codec.compress.stream.HeapBudget;
import org.imagingutility.codec.compress.stream.Requirements;
import org.osgi.service.component.annotations.Component;

/** xz (The .xz File Format 1.2.1), by xz for Java: small and slow. Used by several threads at once. */
@Component
public final class XzCodec implements Codec {
    static final String NAME = "xz";
    private static final int WIRE_ID = 4;
    private static final int MAX_LEVEL = 9;
    private static final int DEFAULT_LEVEL = 6;

    private final HeapBudget budget = new HeapBudget(NAME);

    /** Creates the codec. The library is loaded when it is first needed. */
    public XzCodec() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int wireId() {
        return WIRE_ID;
    }

    /** {@inheritDoc} Nothing but zeros can stand between the streams of a file, so {@code xz -d} does not read an image. */
    @Override
    public CodecTraits traits() {
        return new CodecTraits(0, MAX_LEVEL, DEFAULT_LEVEL, Optional.empty(), 0);
    }

    /** {@inheritDoc} LZMA2 takes 3 bytes for each 64 KiB that do not compress; the rest is headers, index and reserve. */
    @Override
    public int maxStoredLength(int contentLength) {
        return Math.addExact(Requirements.contentLength(contentLength), contentLength / 4096 + 1024);
    }

    /** {@inheritDoc} It is heap here, but a worker needs it all the same. */
    @Override
    public long compressorMemory(int level, int contentLength) {
        return new XzCompressor(level, budget).heapBytes(contentLength);
    }

    @Override
    public FrameCompressor newCompressor(int level) {
        return new XzCompressor(Requirements.level(level, 0, MAX_LEVEL), budget);
    }

    @Override
    public FrameDecompressor newDecompressor() {
        return new XzDecompressor(budget);
    }
}
