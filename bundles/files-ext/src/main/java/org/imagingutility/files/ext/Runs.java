package org.imagingutility.files.ext;

import org.imagingutility.api.error.ImagingException;

/** Where the blocks of one file are. For one thread. */
interface Runs {

    /**
     * Returns what stands at block {@code block} of the file and behind it.
     *
     * @param most blocks from there on that are of interest, positive; the run is not longer
     */
    Run at(long block, long most) throws ImagingException;
}
