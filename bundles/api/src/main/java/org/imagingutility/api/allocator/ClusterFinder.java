package org.imagingutility.api.allocator;

import org.imagingutility.api.error.ImagingException;

/** Looks for clusters in use in one pass over a volume, from the first cluster to the last. For one thread. */
@FunctionalInterface
public interface ClusterFinder {

    /**
     * Returns the first cluster from {@code from} on that is in use (or free), or the one behind the last if none is.
     * {@code from} is not less than what the last call returned.
     *
     * @throws org.imagingutility.api.error.FileSystemException if what is in use cannot be trusted from there on
     */
    long find(boolean inUse, long from) throws ImagingException;
}
