package org.imagingutility.api.files;

import java.util.Objects;
import java.util.Optional;

/**
 * The times of a file; empty where the file system has none, or none that makes sense.
 *
 * @param modified when its content was changed last
 * @param accessed when it was read last
 * @param changed when anything of it was changed last, its attributes included
 * @param created when it was made
 */
public record FileTimes(Optional<FileTimestamp> modified, Optional<FileTimestamp> accessed, Optional<FileTimestamp> changed,
        Optional<FileTimestamp> created) {
    /** Of a file without times. */
    public static final FileTimes NONE = new FileTimes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks that nothing is null. */
    public FileTimes {
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(accessed, "accessed");
        Objects.requireNonNull(changed, "changed");
        Objects.requireNonNull(created, "created");
    }
}
