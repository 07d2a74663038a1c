package org.imagingutility.api.store;

import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/** A place images live in: a folder of a file system, a network share, an object store. Used by several threads at once. */
@ConsumerType
public interface ImageStore {

    /** Returns the permanent name of this store: lower-case letters, digits and hyphens. */
    String name();

    /** Says by its form alone whether this store is the one to ask for {@code reference}; nothing is opened. */
    boolean accepts(String reference);

    /**
     * Begins a new image. Until {@link ImageFile#publish()} nothing stands under {@code reference} but what stood there
     * before. The caller closes the file.
     *
     * @throws org.imagingutility.api.error.TargetException if something stands there and overwriting is not allowed,
     *         or the place does not exist or cannot be written
     */
    ImageFile create(String reference, CreateOptions options) throws ImagingException;

    /**
     * Opens an image for reading only. The caller closes the file.
     *
     * @throws org.imagingutility.api.error.ImageReadException if there is none or it cannot be read
     */
    ImageFile open(String reference) throws ImagingException;
}
