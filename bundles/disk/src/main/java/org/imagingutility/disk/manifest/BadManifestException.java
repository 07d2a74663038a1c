package org.imagingutility.disk.manifest;

/** A manifest cannot be gone by. */
final class BadManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /** {@code offset} is a byte offset in the file, or -1 where the message names the place by its names. */
    BadManifestException(long offset, String reason) {
        super(reason, null, false, false);
        this.offset = offset;
    }

    long offset() {
        return offset;
    }
}
