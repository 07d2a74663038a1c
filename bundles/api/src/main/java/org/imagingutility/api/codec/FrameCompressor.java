package org.imagingutility.api.codec;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.CodecException;
import org.osgi.annotation.versioning.ConsumerType;

/** Compresses frames, one after another, each on its own: no frame needs another to be read. For one thread. */
@ConsumerType
public interface FrameCompressor extends AutoCloseable {

    /**
     * Compresses {@code content.remaining()} bytes (at least one) into {@code stored}; both are direct buffers, and
     * both positions move behind what was taken and written. The same content gives the same stored bytes, whatever
     * was compressed before.
     *
     * @param stored has room for {@link Codec#maxStoredLength} bytes
     */
    void compress(ByteBuffer content, ByteBuffer stored) throws CodecException;

    @Override
    void close();
}
