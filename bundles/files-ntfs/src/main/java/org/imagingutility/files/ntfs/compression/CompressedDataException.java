package org.imagingutility.files.ntfs.compression;

/** Compressed data that no compressor makes. */
public final class CompressedDataException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    /**
     * Creates the error.
     *
     * @param position byte of the compressed data, from the first one that was given, at or shortly before which it is wrong
     * @param reason what is wrong: found and expected
     */
    CompressedDataException(int position, String reason) {
        super(reason);
        this.position = position;
    }

    /** Returns the byte of the compressed data at or shortly before which it is wrong. */
    public int position() {
        return position;
    }
}
