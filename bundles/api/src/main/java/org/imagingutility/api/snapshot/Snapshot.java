package org.imagingutility.api.snapshot;

import java.time.Instant;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A frozen view of one or several devices. It lasts until it is released, whether it is open or not: {@link #close} only lets go
 * of it, so that its provider can be replaced. For one thread; both {@code close} and {@code release} may be called twice.
 */
@ConsumerType
public interface Snapshot extends AutoCloseable {

    /** Returns what {@link SnapshotProvider#reopen} finds it by. */
    String id();

    /** Returns the moment it shows. */
    Instant taken();

    /**
     * Returns what the user should know of what it shows, a sentence each: of an application, for example, that did not bring its
     * files in order. Known to the one who made it; a snapshot that was opened again may have none.
     */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Returns what a device provider opens the frozen view of a device by.
     *
     * @param reference the device, as it was given to {@link SnapshotProvider#freeze}
     * @throws IllegalArgumentException if it is not in this snapshot
     */
    String frozen(String reference);

    /**
     * Removes it: what {@link #frozen} returned leads to nothing from now on. Devices opened from it are closed before.
     *
     * @throws org.imagingutility.api.error.SnapshotException if that fails; it can be tried again
     */
    void release() throws ImagingException;

    /** Lets go of it. It stays until it is released. */
    @Override
    void close() throws ImagingException;
}
