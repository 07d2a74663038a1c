package org.imagingutility.api.allocator;

import java.util.List;
import org.imagingutility.api.ExtentList;
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

    /**
     * Returns what the user should know although the content is taken: a file system that was not unmounted in order, a
     * journal on another device. One sentence each, with the device's name in it; empty if there is nothing to say.
     */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Returns whether the volume was in order, and what its extents are taken from. A volume that is not in order must not be
     * read by what its file system notes as in use alone. Goes into the image as a fact; the notice for the user is one of
     * {@link #warnings()}.
     */
    default VolumeState state() {
        return VolumeState.IN_ORDER;
    }

    /** Starts a pass over the extents in use, from the first to the last. The caller closes the cursor. */
    ExtentCursor extents() throws ImagingException;

    /**
     * Names the files that lie in {@code ranges}, so that users learn what unreadable or damaged ranges cost them. Does what
     * can be done: what cannot be read or trusted is passed over.
     *
     * @param ranges bytes of device
     * @param limit most files that are returned
     * @return the files found, sorted by path; empty if this file system's files cannot be told
     */
    default List<TouchedFile> filesIn(ExtentList ranges, int limit) throws ImagingException {
        return List.of();
    }

    /**
     * Returns the files whose content need not be kept, because the system that owns the volume makes it anew. None where that is not
     * certain: on a volume whose records contradict each other, or on which a system sleeps that wants its memory back.
     */
    default List<TransientFile> transientFiles() throws ImagingException {
        return List.of();
    }

    /**
     * Returns places that nearly any change of the file system touches (journals, times, counters), a few MiB at most. A
     * job that goes on with an image compares them with the device first, to find out that it changed meanwhile.
     */
    default ExtentList telltale() throws ImagingException {
        return ExtentList.empty();
    }
}
