package org.imagingutility.api.job;

import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/** Is told how two volumes differ, in the order of paths (names compared by their characters); called in the thread of the comparison. */
@ConsumerType
public interface DifferenceSink {

    /** Is told of one file. */
    void differs(FileDifference difference) throws ImagingException;

    /**
     * Something cannot be compared because it cannot be read; the comparison goes on.
     *
     * @param source reference of the volume that it is about
     * @param path of the file or directory, from the root on
     */
    void unreadable(String source, String path, ImagingException error) throws ImagingException;
}
