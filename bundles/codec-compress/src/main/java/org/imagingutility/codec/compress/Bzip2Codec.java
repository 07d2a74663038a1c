package org.imagingutility.codec.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.codec.compress.stream.HeapBudget;
import org.imagingutility.codec.compress.stream.Requirements;
import org.imagingutility.codec.compress.stream.StreamCompressor;
import org.imagingutility.codec.compress.stream.StreamDecompressor;
import org.osgi.service.component.annotations.Component;

/** bzip2, by Commons Compress. The level is the most bytes of a block in units of 100000. Used by several threads at once. */
@Component
public final class Bzip2Codec implements Codec {
    private static final String NAME = "bzip2";
    private static final int WIRE_ID = 6;
    private static final int MAX_LEVEL = 9;
    private static final int BLOCK_UNIT = 100_000;
    /** What the library allocates for each byte of a block: block, sorting tables, symbols; and beside that. */
    private static final int ENCODER_BYTES = 10;
    private static final int DECODER_BYTES = 5;
    private static final int REST = 512 << 10;

    private final HeapBudget budget = new HeapBudget(NAME);

    /** Creates the codec. The library is loaded when it is first needed. */
    public Bzip2Codec() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int wireId() {
        return WIRE_ID;
    }

    /** {@inheritDoc} Nothing can stand between the streams of a file, so {@code bzip2 -d} does not read an image. */
    @Override
    public CodecTraits traits() {
        return new CodecTraits(1, MAX_LEVEL, MAX_LEVEL, Optional.empty(), 0);
    }

    /** {@inheritDoc} The bound is that of the manual of libbzip2: 1 % and 600 bytes. */
    @Override
    public int maxStoredLength(int contentLength) {
        return Math.addExact(Requirements.contentLength(contentLength), contentLength / 100 + 600);
    }

    /** {@inheritDoc} It is heap here, but a worker needs it all the same. */
    @Override
    public long compressorMemory(int level, int contentLength) {
        return encoderBytes(level, contentLength);
    }

    private static long encoderBytes(int level, int contentLength) {
        return (long) blockUnits(level, contentLength) * BLOCK_UNIT * ENCODER_BYTES + REST;
    }

    /** Returns the length of a block in units: not more than the content has use for, to read and to write it. */
    private static int blockUnits(int level, int contentLength) {
        return (int) Math.min(level, (contentLength + BLOCK_UNIT - 1L) / BLOCK_UNIT);
    }

    @Override
    public FrameCompressor newCompressor(int level) {
        Requirements.level(level, 1, MAX_LEVEL);
        return new StreamCompressor(NAME, budget) {
            @Override
            protected long heapBytes(int contentLength) {
                return encoderBytes(level, contentLength);
            }

            @Override
            protected OutputStream begin(int contentLength, OutputStream stored) throws IOException {
                return new BZip2CompressorOutputStream(stored, blockUnits(level, contentLength));
            }
        };
    }

    @Override
    public FrameDecompressor newDecompressor() {
        return new StreamDecompressor(NAME, budget) {
            @Override
            protected long heapBytes(int contentLength) {
                return (long) MAX_LEVEL * BLOCK_UNIT * DECODER_BYTES + REST;
            }

            @Override
            protected InputStream begin(InputStream stored, int contentLength) throws IOException {
                return new BZip2CompressorInputStream(stored, false);
            }
        };
    }
}
