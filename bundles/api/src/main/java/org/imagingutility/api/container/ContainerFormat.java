package org.imagingutility.api.container;

import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.osgi.annotation.versioning.ConsumerType;

/** Lays images out in files. Used by several threads at once; what it makes says for itself how it may be used. */
@ConsumerType
public interface ContainerFormat {

    /** Returns the permanent name: lower-case letters, digits and hyphens. */
    String name();

    /** Says whether the file begins as an image of this format does, complete or not, of whatever version. */
    boolean recognises(ImageFile file) throws ImagingException;

    /** Begins an image in an empty file, which stays the caller's. */
    ImageWriter create(ImageFile file, ImageSpec spec, CodecLookup codecs) throws ImagingException;

    /**
     * Opens a complete image in a file, which stays the caller's.
     *
     * @throws org.imagingutility.api.error.ImageFormatException if it is none, is not complete, or is of a version
     *         or has features this class does not know
     * @throws org.imagingutility.api.error.ImageDamagedException if neither header nor index nor their copies hold
     */
    ImageReader open(ImageFile file, CodecLookup codecs) throws ImagingException;

    /**
     * Opens an image that was started and not finished (killed, power lost, target full), or whose end was cut off, and
     * finds out what of it is whole. Changes nothing. The file stays the caller's.
     *
     * @throws org.imagingutility.api.error.ImageFormatException if it is none, is complete, is of a version or has
     *         features this class does not know, or cannot be resumed
     * @throws org.imagingutility.api.error.ImageDamagedException if what was on stable storage before all else does not hold
     */
    default UnfinishedImage reopen(ImageFile file, CodecLookup codecs) throws ImagingException {
        throw new ImageFormatException(file.reference(), -1, "container format " + name()
                + " cannot resume an unfinished image", "make the image again (--force)");
    }

    /**
     * Says whether the file holds nothing that could ever be of use: it is empty, or a writer of this format was stopped in it
     * before the begin of the image was on stable storage, and it holds a part of that begin, or zeros in its place. Such a file
     * may be written again. What {@link #reopen} continues with is something, and so is all that this format cannot have started.
     *
     * @throws org.imagingutility.api.error.ImageReadException if the file cannot be read
     */
    default boolean holdsNothing(ImageFile file) throws ImagingException {
        return file.length() == 0;
    }

    /**
     * Finds out what is left of an image, whatever is damaged: its structures, a part of it, its end. Changes nothing. The
     * file stays the caller's.
     *
     * @param monitor is told how much of the file was searched, now and by what this returns
     * @throws org.imagingutility.api.error.ImageFormatException if the file is none of this format, or is of a version or
     *         has features this class does not know
     * @throws org.imagingutility.api.error.ImageDamagedException if too little is left to make anything of it
     */
    default SalvagedImage salvage(ImageFile file, CodecLookup codecs, SearchMonitor monitor) throws ImagingException {
        throw new ImageFormatException(file.reference(), -1, "container format " + name()
                + " cannot repair its images", null);
    }
}
