package org.imagingutility.allocator.ntfs.structure;

import java.util.function.LongUnaryOperator;
import org.imagingutility.api.error.FileSystemException;

/**
 * Where the bytes of a structure stand on the device; makes the errors about them. Immutable.
 *
 * @param device reference of the device
 * @param toDevice turns a byte position within the structure into a byte offset on the device
 */
public record Place(String device, LongUnaryOperator toDevice) {
    private static final String REMEDY = "image all blocks instead (--all-blocks)";

    /** Returns the place of a structure whose bytes follow one another from {@code offset} of the device on. */
    public static Place at(String device, long offset) {
        return new Place(device, position -> offset + position);
    }

    /** Returns the place of what begins {@code start} bytes into this structure. */
    public Place from(long start) {
        return new Place(device, position -> toDevice.applyAsLong(start + position));
    }

    /** Makes the error that the byte at {@code position} of the structure is wrong: {@code reason}. */
    public FileSystemException wrong(long position, String reason) {
        return new FileSystemException(device, toDevice.applyAsLong(position), reason, REMEDY);
    }
}
