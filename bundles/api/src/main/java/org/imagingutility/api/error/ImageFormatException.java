package org.imagingutility.api.error;

/** A file is not an image that can be read: other format, newer version, not complete. */
public final class ImageFormatException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String image;
    private final long offset;

    /**
     * Creates the error.
     *
     * @param image reference of the image
     * @param offset byte offset in the image file, or -1 if no place is known
     * @param reason found and expected
     * @param remedy what the user can do, or null
     */
    public ImageFormatException(String image, long offset, String reason, String remedy) {
        super("image \"" + image + "\"" + at(offset) + ": " + reason, remedy, null);
        this.image = image;
        this.offset = offset;
    }

    /** Returns the reference of the image. */
    public String image() {
        return image;
    }

    /** Returns the byte offset in the image file, or -1. */
    public long offset() {
        return offset;
    }
}
