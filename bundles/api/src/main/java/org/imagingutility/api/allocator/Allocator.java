package org.imagingutility.api.allocator;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Recognises a file system on a device and tells which extents it has in use. (Elsewhere the word means "hands out
 * space"; here it only reports.) Bytes that belong to no cluster (boot-sector copies, what lies after the last
 * cluster) count as in use. Used by several threads at once.
 */
@ConsumerType
public interface Allocator {

    /** Returns the permanent name of this allocator: lower-case letters, digits and hyphens. */
    String name();

    /** Says whether this allocator takes any device whatever is on it; such a one is used only when no other fits. */
    default boolean catchAll() {
        return false;
    }

    /**
     * Says whether this allocator knows file systems by name only and gives all of a device as one extent. Others are asked
     * first then, an image counts as one of all blocks, and what it cannot read ends nothing.
     */
    default boolean namesOnly() {
        return false;
    }

    /**
     * Looks at the device.
     *
     * @return empty if the file system is not one of this allocator's
     * @throws org.imagingutility.api.error.FileSystemException if it is, but its structures cannot be trusted:
     *         names the byte offset and what is wrong
     * @throws org.imagingutility.api.error.DeviceException if the device cannot be read
     */
    Optional<Allocation> recognise(Device device) throws ImagingException;

    /**
     * Says what stands at the places where this allocator's file systems have their signatures, without looking whether all of
     * a file system is sound. All allocators are asked before any of them is believed: where signatures contradict each other,
     * all blocks are taken. So this finds more than {@link #recognise}: whatever that takes has a signature here that is no
     * {@linkplain Signature.Kind#NEAR_MISS near miss}, and what a driver or prober would take has one even if
     * {@code recognise} does not.
     *
     * <p>As it is, it finds what {@code recognise} takes, and that is a {@linkplain Signature.Kind#WEAK weak} sign of an
     * allocator that {@linkplain #namesOnly knows names only}.
     *
     * @return the signatures, those that count most first; empty if there are none
     * @throws org.imagingutility.api.error.FileSystemException only from {@code recognise}, if this is not overridden
     * @throws org.imagingutility.api.error.DeviceException if the device cannot be read
     */
    default List<Signature> signatures(Device device) throws ImagingException {
        Signature.Kind kind = namesOnly() ? Signature.Kind.WEAK : Signature.Kind.FILE_SYSTEM;
        return recognise(device).map(found -> List.of(new Signature(found.info(), kind, 0))).orElse(List.of());
    }
}
