package org.imagingutility.api.job;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileTree;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something done with the files of a volume.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
@ConsumerType
public interface TreeUse<T> {

    /** Does it. The tree is closed afterwards; nothing of it is kept. */
    T with(FileTree tree) throws ImagingException;
}
