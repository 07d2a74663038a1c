package org.imagingutility.api.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/** Freezes devices. Used by several threads at once. */
@ConsumerType
public interface SnapshotProvider {

    /** Returns the permanent name of this provider: lower-case letters, digits and hyphens. */
    String name();

    /**
     * Says whether this provider is the one to ask to freeze a device, by the form of its reference and by what stands there.
     * Nothing is opened or changed, and that it says yes does not mean that it will succeed.
     *
     * @param reference what a device provider opens the device by
     */
    boolean accepts(String reference);

    /**
     * Says whether {@link #accepts} takes any reference, or any that could be a path, rather than a form of its own
     * ({@code split:disk.001}). Of equal ranking, those that take a form of their own are asked first. The same answer always.
     */
    default boolean acceptsAny() {
        return false;
    }

    /**
     * Asks whether a device can be frozen, as far as that can be told without doing it.
     *
     * @param reference a device that this provider accepts
     * @return why not, as the end of a sentence; empty if nothing speaks against it
     * @throws org.imagingutility.api.error.SnapshotException if that cannot be told
     * @throws org.imagingutility.api.error.NotPermittedException if this process has not the right to freeze anything
     */
    default Optional<String> refusal(String reference) throws ImagingException {
        return Optional.empty();
    }

    /**
     * Freezes devices, all at one moment. What a process that is no more has left of snapshots of the same devices is removed
     * first, as far as that can be told for certain.
     *
     * @param references the devices, at least one, each accepted by this provider
     * @return the snapshot, which the caller releases
     * @throws org.imagingutility.api.error.SnapshotException if one of them cannot be frozen, or not together with the others;
     *         then none is
     */
    Snapshot freeze(List<String> references) throws ImagingException;

    /**
     * Freezes devices as {@link #freeze(List)} does, unless the user does not want it any more. A provider that may take longer
     * than some seconds asks for that every second or so.
     *
     * @param cancelled says whether to stop; asked by the calling thread alone
     * @throws org.imagingutility.api.error.CancelledException if it stopped; then nothing is frozen
     */
    default Snapshot freeze(List<String> references, BooleanSupplier cancelled) throws ImagingException {
        return freeze(references);
    }

    /**
     * Opens a snapshot that was closed and not released. The provider may be another instance, of another version of its
     * bundle, than the one that made it.
     *
     * @param id what {@link Snapshot#id} returned
     * @throws org.imagingutility.api.error.SnapshotException if there is no such snapshot any more
     */
    Snapshot reopen(String id) throws ImagingException;
}
