package org.imagingutility.engine.write;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.CodecException;

/**
 * A codec all of whose compressors are probing ones. That an image is made so is noted in it, so that what is added to it
 * later is made alike. Used by several threads at once.
 */
public final class ProbingCodec implements Codec {
    private static final String NOTE = "codec.auto";

    private final Codec codec;

    ProbingCodec(Codec codec) {
        this.codec = codec;
    }

    /** Returns {@code codec} as an image with {@code spec} is made by it. */
    public static Codec asIn(ImageSpec spec, Codec codec) {
        boolean probing = codec.wireId() == spec.codecWireId() && Boolean.TRUE.equals(spec.metadata().values().get(NOTE));
        return probing ? new ProbingCodec(codec) : codec;
    }

    /** Returns {@code facts} of an image and, if {@code codec} is a probing one, the note that it is. */
    public static Metadata note(Codec codec, Metadata facts) {
        if (!(codec instanceof ProbingCodec)) {
            return facts;
        }
        Map<String, Object> noted = new TreeMap<>(facts.values());
        noted.put(NOTE, true);
        return Metadata.of(noted);
    }

    @Override
    public FrameCompressor newCompressor(int level) throws CodecException {
        return codec.newProbingCompressor(level);
    }

    @Override
    public FrameCompressor newProbingCompressor(int level) throws CodecException {
        return codec.newProbingCompressor(level);
    }

    @Override
    public String name() {
        return codec.name();
    }

    @Override
    public int wireId() {
        return codec.wireId();
    }

    @Override
    public CodecTraits traits() {
        return codec.traits();
    }

    @Override
    public int maxStoredLength(int contentLength) {
        return codec.maxStoredLength(contentLength);
    }

    @Override
    public long compressorMemory(int level, int contentLength) {
        return codec.compressorMemory(level, contentLength);
    }

    @Override
    public FrameDecompressor newDecompressor() throws CodecException {
        return codec.newDecompressor();
    }

    @Override
    public void encodeZeroRun(long zeroCount, ByteBuffer stored) throws CodecException {
        codec.encodeZeroRun(zeroCount, stored);
    }

    @Override
    public int zeroRunLength(long zeroCount) throws CodecException {
        return codec.zeroRunLength(zeroCount);
    }
}
