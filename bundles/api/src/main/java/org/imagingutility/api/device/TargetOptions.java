package org.imagingutility.api.device;

/**
 * How a target is opened.
 *
 * @param requiredLength bytes that will be written at most, from offset 0; a smaller target is refused
 * @param sectorSize sector size of what is written, in bytes
 * @param force whether something that exists may be overwritten
 */
public record TargetOptions(long requiredLength, int sectorSize, boolean force) {

    /** Checks the values. */
    public TargetOptions {
        if (requiredLength < 0) {
            throw new IllegalArgumentException("required length " + requiredLength + " is negative");
        }
    }
}
