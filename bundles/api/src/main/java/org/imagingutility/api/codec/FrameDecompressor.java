package org.imagingutility.api.codec;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.CodecException;
import org.osgi.annotation.versioning.ConsumerType;

/** Decompresses frames, one after another. For one thread. */
@ConsumerType
public interface FrameDecompressor extends AutoCloseable {

    /**
     * Decompresses {@code stored.remaining()} bytes into exactly {@code content.remaining()} bytes; both are direct
     * buffers, and both positions move to their limits. Takes the output of {@link Codec#encodeZeroRun} as well.
     *
     * @throws CodecException if the stored bytes are damaged or give more or fewer bytes; the content is then
     *         undefined. However made, the stored bytes cause no crash, no hang and no memory use beyond a fixed bound.
     */
    void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException;

    @Override
    void close();
}
