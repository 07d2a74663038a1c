package org.imagingutility.api.error;

/** An image is damaged: a checksum, a digest or a length in it does not hold. */
public final class ImageDamagedException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String image;
    private final long offset;
    private final String reason;

    /**
     * Creates the error.
     *
     * @param image reference of the image
     * @param offset byte offset in the image file, or -1 if no place is known
     * @param reason found and expected
     * @param remedy what the user can do, or null
     */
    public ImageDamagedException(String image, long offset, String reason, String remedy) {
        super("image \"" + image + "\"" + at(offset) + ": " + reason, remedy, null);
        this.image = image;
        this.offset = offset;
        this.reason = reason;
    }

    /** Returns the reference of the image. */
    public String image() {
        return image;
    }

    /** Returns what is wrong, without the place. */
    public String reason() {
        return reason;
    }

    /** Returns the byte offset in the image file, or -1. */
    public long offset() {
        return offset;
    }
}
