package org.imagingutility.api.store;

import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.osgi.annotation.versioning.ConsumerType;

/** A place images live in: a folder of a file system, a network share, an object store. Used by several threads at once. */
@ConsumerType
public interface ImageStore {

    /** Returns the permanent name of this store: lower-case letters, digits and hyphens. */
    String name();

    /** Says by its form alone whether this store is the one to ask for {@code reference}; nothing is opened. */
    boolean accepts(String reference);

    /**
     * Says whether {@link #accepts} takes any reference, or any that could be a path, rather than a form of its own
     * ({@code split:disk.001}). Of equal ranking, those that take a form of their own are asked first. The same answer always.
     */
    default boolean acceptsAny() {
        return false;
    }

    /**
     * Begins a new image. Until {@link ImageFile#publish()} nothing stands under {@code reference} but what stood there
     * before. The caller closes the file.
     *
     * @throws org.imagingutility.api.error.TargetException if something stands there, be it an unfinished image, and
     *         overwriting is not allowed, or the place does not exist or cannot be written
     */
    ImageFile create(String reference, CreateOptions options) throws ImagingException;

    /**
     * Opens an image that was started and not published, to resume it: for reading and writing, locked against other
     * jobs. If there is none, but something stands under {@code reference} itself, that is opened: an unfinished image may have
     * been renamed or copied. Opening changes nothing. The caller closes the file.
     *
     * @param options {@code overwrite}: whether the file may replace one that stands under {@code reference} when it is
     *        published; an unfinished image beside a finished one is refused without it
     * @return empty if there is neither
     * @throws org.imagingutility.api.error.TargetException if another job writes it or it cannot be opened for writing
     */
    default Optional<ImageFile> reopen(String reference, CreateOptions options) throws ImagingException {
        return Optional.empty();
    }

    /**
     * Opens an image for reading only. The caller closes the file.
     *
     * @throws org.imagingutility.api.error.ImageReadException if there is none or it cannot be read
     */
    ImageFile open(String reference) throws ImagingException;

    /**
     * Opens a file that stands right in a folder for reading only, and none outside of it: what names or links in the folder
     * may say, the file that is opened lies in the folder or below it, and is a regular file. The folder itself may be a link.
     * The caller closes the file.
     *
     * @param folder reference of the folder
     * @param reference reference of the file, the folder's included
     * @param locked whether the file is locked until it is closed: shared with others that only read, against
     *        {@link #openInPlace}. Where locks cannot be had (some network shares) it is read without
     * @throws org.imagingutility.api.error.ImageReadException if there is none, it leads out of the folder, is no regular file,
     *         cannot be read, or is locked by a job that changes it
     */
    default ImageFile openWithin(String folder, String reference, boolean locked) throws ImagingException {
        return open(reference);
    }

    /**
     * Opens an image that stands under {@code reference} for reading and for changing it where it is; it is locked against
     * other jobs. Opening changes nothing. {@link ImageFile#publish()} only forces, closing keeps the file. The caller
     * closes it.
     *
     * @throws org.imagingutility.api.error.ImageReadException if there is none
     * @throws org.imagingutility.api.error.TargetException if it cannot be opened for writing
     */
    default ImageFile openInPlace(String reference) throws ImagingException {
        throw new TargetException(reference, -1, "image store " + name() + " cannot change images in place",
                "write a new image", null);
    }
}
