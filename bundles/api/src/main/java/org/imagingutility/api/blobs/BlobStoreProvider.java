package org.imagingutility.api.blobs;

import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/** Opens places for objects by their references. Used by several threads at once. */
@ConsumerType
public interface BlobStoreProvider {

    /** Returns the permanent name: lower-case letters, digits and hyphens. */
    String name();

    /** Says by its form alone whether this provider is the one to ask for {@code reference}; nothing is opened. */
    boolean accepts(String reference);

    /**
     * Says whether {@link #accepts} takes any reference that could be a path, rather than a form of its own ({@code s3://…}).
     * Of equal ranking, those that take a form of their own are asked first. The same answer always.
     */
    default boolean acceptsAny() {
        return false;
    }

    /**
     * Opens a place. Nothing is made or changed there: one that does not exist yet opens as one without objects, if it can be
     * made by the first put. The caller closes it.
     *
     * @throws org.imagingutility.api.error.BlobException if something else stands there, or it may not be used
     */
    BlobStore open(String reference) throws ImagingException;
}
