package org.imagingutility.allocator.btrfs.layout;

import org.imagingutility.api.error.FileSystemException;

/**
 * Where a structure begins on the device; makes the errors about it. Immutable.
 *
 * @param device reference of the device
 * @param offset byte offset on the device of the structure's first byte
 */
public record Place(String device, long offset) {
    private static final String REMEDY = "image all blocks instead (--all-blocks)";

    /** Makes the error that the byte at {@code position} of the structure is wrong: {@code reason}. */
    public FileSystemException wrong(long position, String reason) {
        return new FileSystemException(device, offset + position, reason, REMEDY);
    }
}
