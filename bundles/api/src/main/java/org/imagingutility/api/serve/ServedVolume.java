package org.imagingutility.api.serve;

import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileTree;
import org.osgi.annotation.versioning.ProviderType;

/** A volume whose files a server shows. Used by several threads at once. */
@ProviderType
public interface ServedVolume {

    /** Returns its number as a partition of a disk; empty for a volume by itself. */
    OptionalInt partition();

    /** Returns what it is, for people: file system and label, or what the partition table calls it. */
    String description();

    /** Returns the length in bytes. */
    long length();

    /** Returns a text that is another one for any other content than this, for people who compare and not for people who read. */
    String identity();

    /** Returns why its files cannot be had, if they cannot. */
    Optional<String> refusal();

    /**
     * Returns the files, for one thread until it closes the tree; to open it again is quick. Calls of the tree wait while a plug-in that the
     * volume needs is being replaced, and go on with the same files then.
     *
     * @throws org.imagingutility.api.error.UsageException if there is a {@link #refusal}
     */
    FileTree open() throws ImagingException;
}
