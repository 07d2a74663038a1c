package org.imagingutility.api.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open device. Reads may come from several threads at once; nothing else may change its state while it is open.
 * The one who opened it closes it; {@link #close()} may be called twice; a read after it fails.
 */
@ConsumerType
public interface Device extends AutoCloseable {

    /** Returns what was known when the device was opened. */
    DeviceInfo info();

    /** Returns the length in bytes; the same value as long as the device is open. */
    default long length() {
        return info().length();
    }

    /** Returns the smallest unit of transfer in bytes. */
    default int sectorSize() {
        return info().sectorSize();
    }

    /**
     * Reads {@code target.remaining()} bytes from {@code offset} on and moves the target's position to its limit.
     *
     * <p>{@code offset} is a multiple of the sector size. The length is a multiple of the sector size as well,
     * except where the range ends at the end of the device. The target is a direct buffer, and the address of
     * its position is a multiple of the sector size, or of 4096 if that is less (unbuffered reads demand it).
     *
     * @throws org.imagingutility.api.error.DeviceException if not all bytes can be read; its offset is the first
     *         byte that could not, as far as that is known. The target's content is then undefined. A range all of
     *         whose sectors can be read never fails because of its neighbours. Reaching the end early (the device
     *         shrank) is such an error too, never a short read, and one whose
     *         {@link org.imagingutility.api.error.DeviceException#isDeviceChanged} is true
     * @throws IllegalArgumentException if the range is outside the device or not aligned as said above
     */
    void read(long offset, ByteBuffer target) throws ImagingException;

    /**
     * Reads like {@link #read}, but from the device itself, past what the operating system keeps of it in memory, where
     * that can be done. Slower: for places that could not be read, and to find out whether a device still answers.
     *
     * @throws org.imagingutility.api.error.DeviceException as for {@link #read}
     * @throws IllegalArgumentException as for {@link #read}
     */
    default void readDirectly(long offset, ByteBuffer target) throws ImagingException {
        read(offset, target);
    }

    /**
     * Returns where data begins from {@code offset} on: all bytes from {@code offset} up to there are zeros, which {@link #read} would
     * give, and the device knows that without reading them (holes of a sparse file). Data may begin later than that. Who looks for
     * something in large ranges need not read what lies between. May be asked by several threads at once.
     *
     * <p>As it is, all of the device counts as data.
     *
     * @param offset bytes, from 0 to {@link #length()}
     * @return bytes, from {@code offset} to {@link #length()}; that if only zeros follow
     * @throws org.imagingutility.api.error.DeviceException if the device does not answer
     */
    default long nextData(long offset) throws ImagingException {
        return offset;
    }

    /**
     * Returns which clusters of the volume are in use, where the operating system has it mounted and says so. A snapshot tells what was in
     * use at its moment, and nothing on it lags behind: who reads its file system finds the same.
     *
     * @throws org.imagingutility.api.error.DeviceException if it cannot be asked
     */
    default Optional<ClustersInUse> clustersInUse() throws ImagingException {
        return Optional.empty();
    }

    /**
     * Returns the volumes that the operating system has on this device, where it is a disk and the system gives them names of their own by
     * which they can be frozen; each once. Those that lie in several ranges, or on several disks, are not among them
     * ({@link #volumeParts}).
     *
     * @throws org.imagingutility.api.error.DeviceException if it cannot be asked
     */
    default List<VolumeOnDisk> volumes() throws ImagingException {
        return List.of();
    }

    /**
     * Returns the ranges of this device that belong to volumes which lie in several ranges, or on several disks (spanned, striped,
     * mirrored ones): an element for each range, so that volumes may come more than once. What {@link #volumes} has is not among them.
     *
     * @throws org.imagingutility.api.error.DeviceException if it cannot be asked
     */
    default List<VolumeOnDisk> volumeParts() throws ImagingException {
        return List.of();
    }

    /**
     * Asks the operating system to end a read that another thread has under way, because nobody waits for it any more. The read then
     * fails, with a {@link org.imagingutility.api.error.DeviceException} or whatever ended it, or succeeds all the same. Does nothing
     * where the system has no means for that, or no such read is under way. Returns at once.
     *
     * @param target the buffer that the read was given
     */
    default void cancelRead(ByteBuffer target) {
        // reads end by themselves
    }

    @Override
    void close() throws ImagingException;
}
