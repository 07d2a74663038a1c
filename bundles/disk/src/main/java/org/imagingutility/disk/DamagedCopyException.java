package org.imagingutility.disk;

/** One copy of a GPT cannot be used. */
final class DamagedCopyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /** {@code offset} is the byte on the disk that is wrong. */
    DamagedCopyException(long offset, String reason) {
        super("byte " + offset + ": " + reason, null, false, false);
        this.offset = offset;
    }

    long offset() {
        return offset;
    }
}
