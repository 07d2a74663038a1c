package org.imagingutility.api.backup;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads and writes the manifest of backup sets. What it returns is checked: names are names of files in the set's folder and
 * of no others, ranges lie on the disk and do not overlap. Used by several threads at once.
 */
@ConsumerType
public interface SetFormat {
    /** The longest manifest that is read, in bytes: it is held in memory as a whole. */
    int MAX_LENGTH = 16 << 20;

    /** Returns the permanent name of this format: lower-case letters, digits and hyphens. */
    String name();

    /** Returns the name that the manifest has in the folder of a set. */
    String manifestName();

    /**
     * Reads a manifest.
     *
     * @param reference name of the manifest for messages
     * @param content all of it, at most {@link #MAX_LENGTH} bytes
     * @throws org.imagingutility.api.error.ImageFormatException if it is none of this format, or says something impossible:
     *         names the place and what is wrong
     */
    BackupManifest read(String reference, ByteBuffer content) throws ImagingException;

    /**
     * Writes a manifest.
     *
     * @throws IllegalArgumentException if it could not be read again
     */
    ByteBuffer write(BackupManifest manifest);
}
