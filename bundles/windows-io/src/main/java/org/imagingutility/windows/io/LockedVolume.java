package org.imagingutility.windows.io;

import java.util.concurrent.locks.LockSupport;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;

/**
 * A volume for this process alone: locked and dismounted ({@code FSCTL_LOCK_VOLUME}, {@code FSCTL_DISMOUNT_VOLUME}), so that no file
 * system writes to it and nobody opens it, until it is closed.
 */
public final class LockedVolume implements AutoCloseable {
    /** Programs that look at what was just connected have it open for moments. */
    static final int TRIES = 10;
    private static final long BETWEEN_NANOS = 200_000_000;

    private final DeviceHandle handle;

    private LockedVolume(DeviceHandle handle) {
        this.handle = handle;
    }

    /**
     * Locks a volume.
     *
     * @param reference the target, for messages
     * @param device what {@code CreateFileW} opens the volume by
     * @param name the volume, as the rest of messages name it
     */
    public static LockedVolume take(Kernel32 kernel, String reference, String device, String name) throws ImagingException {
        return take(kernel, reference, device, name, BETWEEN_NANOS);
    }

    static LockedVolume take(Kernel32 kernel, String reference, String device, String name, long betweenNanos) throws ImagingException {
        DeviceHandle handle;
        try {
            handle = DeviceHandle.open(kernel, device, DeviceHandle.READ | DeviceHandle.WRITE, DeviceHandle.SHARED, DeviceHandle.UNBUFFERED);
        } catch (WindowsException e) {
            throw WindowsErrors.claiming(reference, name + " cannot be opened to be written to: ", e);
        }
        LockedVolume volume = new LockedVolume(handle);
        try {
            volume.lock(reference, name, betweenNanos);
            volume.dismount(reference, name);
            return volume;
        } catch (ImagingException | RuntimeException | Error e) {
            volume.close();
            throw e;
        }
    }

    private void lock(String reference, String name, long betweenNanos) throws ImagingException {
        for (int left = TRIES - 1;; left--) {
            try {
                handle.control(ControlCode.FSCTL_LOCK_VOLUME, null, null);
                return;
            } catch (WindowsException e) {
                boolean inUse = e.kind() == ErrorKind.NOT_PERMITTED || e.kind() == ErrorKind.IN_USE;
                if (!inUse) {
                    throw WindowsErrors.claiming(reference, name + " cannot be locked: ", e);
                }
                if (left == 0) {
                    throw new TargetException(reference, -1, name + " is in use, so it cannot be locked and is not written to: "
                            + e.getMessage(), ErrorKind.IN_USE.remedy(), e);
                }
                LockSupport.parkNanos(betweenNanos);
            }
        }
    }

    private void dismount(String reference, String name) throws ImagingException {
        try {
            handle.control(ControlCode.FSCTL_DISMOUNT_VOLUME, null, null);
        } catch (WindowsException e) {
            // nothing was mounted there
            if (e.code() != ErrorCode.INVALID_FUNCTION && e.code() != ErrorCode.NOT_SUPPORTED) {
                throw WindowsErrors.claiming(reference, name + " cannot be dismounted: ", e);
            }
        }
    }

    /** Returns the handle that has the lock, and by which the volume can be read and written. */
    public DeviceHandle handle() {
        return handle;
    }

    /** Gives the volume back; it is mounted again when it is opened next. */
    @Override
    public void close() {
        handle.close();
    }
}
