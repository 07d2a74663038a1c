package org.imagingutility.api.error;

/** A codec cannot encode or decode a frame. The caller adds the place. */
public final class CodecException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String codec;

    /** Creates the error for the codec named {@code codec}; {@code cause} may be null. */
    public CodecException(String codec, String reason, Throwable cause) {
        super("codec " + codec + ": " + reason, null, cause);
        this.codec = codec;
    }

    /** Returns the name of the codec. */
    public String codec() {
        return codec;
    }
}
