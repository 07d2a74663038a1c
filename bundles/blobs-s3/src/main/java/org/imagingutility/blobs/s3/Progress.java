package org.imagingutility.blobs.s3;

import java.util.concurrent.atomic.AtomicLong;

/** How far a request is: what of its body was taken, and what of the answer came. Used by several threads at once. */
final class Progress {
    private static final int STEP_BITS = 16;

    private final AtomicLong bytes = new AtomicLong();

    void moved(long count) {
        bytes.addAndGet(count);
    }

    /** Returns how many times 64 KiB went or came; less is no progress, else a server that sends byte by byte would be waited for. */
    long steps() {
        return bytes.get() >> STEP_BITS;
    }
}
