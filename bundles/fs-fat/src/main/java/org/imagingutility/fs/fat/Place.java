package org.imagingutility.fs.fat;

import org.imagingutility.api.error.FileSystemException;

/**
 * Where a structure begins on the device; makes the errors about it. Immutable.
 *
 * @param device reference of the device
 * @param offset byte offset on the device of the structure's first byte
 * @param remedy what the user can do if it is wrong, or null
 */
public record Place(String device, long offset, String remedy) {
    private static final String REMEDY = "image all blocks instead (--all-blocks)";

    /** Creates a place that is looked at to make an image. */
    public Place(String device, long offset) {
        this(device, offset, REMEDY);
    }

    /** Returns the place of what begins {@code bytes} further on. */
    public Place at(long bytes) {
        return new Place(device, offset + bytes, remedy);
    }

    /** Makes the error that the byte at {@code position} of the structure is wrong: {@code reason}. */
    public FileSystemException wrong(long position, String reason) {
        return new FileSystemException(device, offset + position, reason, remedy);
    }
}
