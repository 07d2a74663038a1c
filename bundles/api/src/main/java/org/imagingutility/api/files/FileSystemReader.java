package org.imagingutility.api.files;

import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads the files of one kind of file system. Used by several threads at once; each tree belongs to one thread at a time.
 *
 * <p>All that stands on a volume is hostile: numbers are checked before they become offsets, sizes, loops or memory; chains, trees and
 * directories that run in a circle end in a {@link org.imagingutility.api.error.FileSystemException}; nothing that is held grows with the
 * size of the volume or of a directory.
 *
 * <p>What cannot be given as it is must not be given otherwise: a file whose content is stored in a way that the reader does not know, or
 * elsewhere, is refused by a {@link org.imagingutility.api.error.FileRefusedException}, never shown as zeros.
 */
@ConsumerType
public interface FileSystemReader {

    /** Returns the permanent name of this reader: lower-case letters, digits and hyphens. */
    String name();

    /**
     * Opens the file system on a volume.
     *
     * @param volume the volume, from its first byte on; it stays the caller's, who keeps it open until the tree is closed
     * @param options how things are read that the volume does not tell
     * @return empty if the file system is not one of this reader's
     * @throws org.imagingutility.api.error.FileSystemException if it is, but cannot be read: names the byte offset and what is wrong
     * @throws org.imagingutility.api.error.DeviceException if the volume cannot be read
     */
    Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException;
}
