package org.imagingutility.api.device;

/**
 * A range of a disk that a volume of the operating system lies in, all of it or a part.
 *
 * @param reference what a device provider opens it by; never empty
 * @param offset its first byte on the disk, not negative
 * @param length how many bytes of the disk it takes, at least 1
 */
public record VolumeOnDisk(String reference, long offset, long length) {

    /** Checks the values. */
    public VolumeOnDisk {
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("reference is empty");
        }
        if (offset < 0 || length < 1 || length > Long.MAX_VALUE - offset) {
            throw new IllegalArgumentException("a volume of " + length + " bytes at byte " + offset);
        }
    }

    /** Returns the first byte of the disk behind it. */
    public long end() {
        return offset + length;
    }
}
