package org.imagingutility.engine.files.target;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file or link that is made and has no name yet. Closed without {@link #place} it is gone. For one thread. */
public interface StagedFile extends AutoCloseable {

    /** Writes all of {@code bytes}, a direct buffer, at an offset. What is never written is a hole. */
    void write(long offset, ByteBuffer bytes) throws IOException;

    /** Sets the length, with a hole at its end if it was shorter. */
    void length(long bytes) throws IOException;

    /** Sets an extended attribute. */
    void attribute(String name, byte[] value) throws IOException;

    /** Completes it and gives it its name, in place of what has it, if that is no folder. */
    void place(TargetFolder folder, String name) throws IOException;

    @Override
    void close() throws IOException;
}
