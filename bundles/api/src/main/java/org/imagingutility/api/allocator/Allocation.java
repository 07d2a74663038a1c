package org.imagingutility.api.allocator;

import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What is in use on one device. Reads from the device it was recognised on, which must stay open.
 * Each cursor is for one thread; several cursors may be open at once.
 */
@ConsumerType
public interface Allocation {

    /** Returns what is known of the file system. */
    FileSystemInfo info();

    /** Starts a pass over the extents in use, from the first to the last. The caller closes the cursor. */
    ExtentCursor extents() throws ImagingException;
}
