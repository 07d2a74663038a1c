package org.imagingutility.serve.nbd;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection's bytes. One thread reads, another one writes; any may close, which ends both. */
interface Transport extends Closeable {

    /** Fills {@code target}; {@link EOFException} if the other side is done before that. */
    void read(ByteBuffer target) throws IOException;

    /** Writes all of {@code sources}. */
    void write(ByteBuffer[] sources) throws IOException;

    /** Ends both directions without waiting for anybody. May be called twice. */
    @Override
    void close() throws IOException;
}
