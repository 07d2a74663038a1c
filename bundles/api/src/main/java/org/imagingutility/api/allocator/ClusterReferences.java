package org.imagingutility.api.allocator;

import org.imagingutility.api.error.ImagingException;

/** What the files of a volume refer to, whatever its file system notes as in use. */
@FunctionalInterface
public interface ClusterReferences {

    /**
     * Goes through all files of the volume and adds the clusters they refer to. Called once for each window, since not all
     * of a large volume fits in memory.
     *
     * @param window takes the clusters that lie in it
     * @throws org.imagingutility.api.error.FileSystemException if it cannot be told what a file refers to
     */
    void addTo(ClusterWindow window) throws ImagingException;
}
