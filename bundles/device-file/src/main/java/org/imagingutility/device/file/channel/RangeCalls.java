package org.imagingutility.device.file.channel;

import java.io.Closeable;
import java.io.IOException;

/** What an operating system does to a range of an open file or block device. For several threads at once. */
public interface RangeCalls extends Closeable {

    /** Gives a range back, which reads as zeros from then on. On block devices it consists of whole sectors. */
    void punchHole(long offset, long length) throws IOException;

    /** Gives a range of a block device back, which reads as anything from then on. It consists of whole sectors. */
    void discard(long offset, long length) throws IOException;

    /** Opens the calls for a target. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens them.
         *
         * @throws IOException if the operating system has none, with the reason
         * @throws LinkageError if the native code for them is not there or cannot be loaded
         */
        RangeCalls open() throws IOException;
    }
}
