package org.imagingutility.api.error;

/** A partition table was recognised, but it contradicts itself or the disk it is on, so that it cannot be gone by. */
public final class PartitionTableException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final long offset;

    /**
     * Creates the error.
     *
     * @param device reference of the disk
     * @param offset byte offset on the disk of the field or structure that is wrong, or -1 if no place is known
     * @param reason what is wrong: found and expected
     * @param remedy what the user can do, or null
     */
    public PartitionTableException(String device, long offset, String reason, String remedy) {
        super("partition table on \"" + device + "\"" + at(offset) + ": " + reason, remedy, null);
        this.device = device;
        this.offset = offset;
    }

    /** Returns the reference of the disk. */
    public String device() {
        return device;
    }

    /** Returns the byte offset on the disk of what is wrong, or -1. */
    public long offset() {
        return offset;
    }
}
