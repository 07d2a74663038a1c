package org.imagingutility.fs.ntfs.structure;

import java.util.function.LongUnaryOperator;
import org.imagingutility.api.error.FileSystemException;

/**
 * Where the bytes of a structure stand on the device; makes the errors about them. Immutable.
 *
 * @param device reference of the device
 * @param remedy what errors tell the user to do
 * @param toDevice turns a byte position within the structure into a byte offset on the device
 */
public record Place(String device, String remedy, LongUnaryOperator toDevice) {

    /** Returns the place of the first byte of a device. */
    public static Place start(String device, String remedy) {
        return new Place(device, remedy, LongUnaryOperator.identity());
    }

    /** Returns the place of what begins {@code start} bytes into this structure. */
    public Place from(long start) {
        return new Place(device, remedy, position -> toDevice.applyAsLong(start + position));
    }

    /** Makes the error that the byte at {@code position} of the structure is wrong: {@code reason}. */
    public FileSystemException wrong(long position, String reason) {
        return new FileSystemException(device, toDevice.applyAsLong(position), reason, remedy);
    }
}
