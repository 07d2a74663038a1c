package org.imagingutility.api.codec;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.CodecException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns a frame's bytes into stored bytes and back. The codec itself is used by several threads at once; what it makes
 * is confined to one thread.
 */
@ConsumerType
public interface Codec {

    /**
     * Returns the permanent name, which stands in images: lower-case letters, digits and hyphens, at most 32. Not
     * {@code auto}, which users write for the default codec with {@link #newProbingCompressor}.
     */
    String name();

    /** Returns the permanent number, which stands in images: 1 to 65535. Numbers from 32768 on are for third parties. */
    int wireId();

    /** Returns what this codec can do. */
    CodecTraits traits();

    /** Returns the most bytes that {@code contentLength} bytes can become; at most 64 KiB plus 1 % more than those. */
    int maxStoredLength(int contentLength);

    /**
     * Returns about how many bytes of memory outside the heap a compressor of {@code level} takes for frames of
     * {@code contentLength} bytes, so that no more of them are made than fit.
     */
    default long compressorMemory(int level, int contentLength) {
        return 1 << 20;
    }

    /**
     * Makes a compressor; {@code level} lies in the range of {@link #traits()}. The caller closes it.
     *
     * @throws OutOfMemoryError if there is no memory for it
     */
    FrameCompressor newCompressor(int level) throws CodecException;

    /**
     * Makes a compressor that looks at parts of a frame first and takes little time for one that will hardly compress. It
     * keeps the same rules as those of {@link #newCompressor}, and what it stores is read by the same decompressors and the
     * same stock command. A codec that is quick with such frames anyway, or has no such form, makes an ordinary one.
     *
     * @throws OutOfMemoryError if there is no memory for it
     */
    default FrameCompressor newProbingCompressor(int level) throws CodecException {
        return newCompressor(level);
    }

    /**
     * Makes a decompressor. The caller closes it.
     *
     * @throws OutOfMemoryError if there is no memory for it
     */
    FrameDecompressor newDecompressor() throws CodecException;

    /**
     * Writes the one stored form of {@code zeroCount} zero bytes to {@code stored}, moving its position: always the
     * same bytes for the same count. Called only where {@link CodecTraits#maxZeroRun()} is positive.
     *
     * @param zeroCount 1 to {@link CodecTraits#maxZeroRun()}
     * @param stored has room for {@link #zeroRunLength} bytes
     */
    default void encodeZeroRun(long zeroCount, ByteBuffer stored) throws CodecException {
        throw new CodecException(name(), "has no stored form for runs of zeros", null);
    }

    /** Returns how many bytes {@link #encodeZeroRun} writes for {@code zeroCount}, without writing them. */
    default int zeroRunLength(long zeroCount) throws CodecException {
        throw new CodecException(name(), "has no stored form for runs of zeros", null);
    }
}
