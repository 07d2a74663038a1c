package org.imagingutility.engine.pipeline;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Where a pipeline gets its memory from. Used by several threads at once. */
interface Memory {

    /** Returns how many bytes the process can still take without being ended for it; empty if nobody knows. */
    OptionalLong available();

    /** Gives back what nobody uses any more, such as the frames of a job before this one. May take a moment. */
    void reclaim();

    /**
     * Returns a direct buffer.
     *
     * @throws OutOfMemoryError if there is no memory for it
     */
    ByteBuffer allocate(int bytes);
}
