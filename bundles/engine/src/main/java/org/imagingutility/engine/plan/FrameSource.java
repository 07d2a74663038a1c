package org.imagingutility.engine.plan;

import java.nio.ByteBuffer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImagingException;

/** Where the content of frames comes from. How many threads may use it at once the implementation says. */
public interface FrameSource {

    /**
     * Fills {@code content} from its start with the window's bytes, zeros where it is not in use, and leaves it ready to be
     * read from.
     *
     * @return what of the window is in use and could not be read, in bytes of device; there the content has zeros
     */
    ExtentList read(FrameTask task, ByteBuffer content) throws ImagingException;

    /** Ends what a read waits for: the job is being stopped. */
    void release();
}
