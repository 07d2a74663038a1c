package org.imagingutility.allocator.btrfs.extent;

import org.imagingutility.api.error.ImagingException;

/** Ranges in ascending order, one at a time; they may overlap and touch, and may be empty. For one thread. */
public interface Ranges {

    /** Moves to the next range; false at the end, and at every further call. */
    boolean next() throws ImagingException;

    /** Returns the first byte or address of the range. */
    long start();

    /** Returns what is behind its last byte or address. */
    long end();
}
