package org.imagingutility.api.error;

/** The store cannot deliver bytes of an image that should be there. */
public final class ImageReadException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String image;
    private final long offset;

    /** Creates the error; {@code offset} is a byte offset in the image file or -1, {@code cause} may be null. */
    public ImageReadException(String image, long offset, String reason, Throwable cause) {
        super("image \"" + image + "\"" + at(offset) + ": " + reason, null, cause);
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
