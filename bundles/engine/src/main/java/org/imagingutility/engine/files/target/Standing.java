package org.imagingutility.engine.files.target;

import java.time.Instant;
import java.util.Objects;
import org.imagingutility.api.files.FileKind;

/**
 * What stands under a name in a folder; a link is not followed.
 *
 * @param kind what it is
 * @param size bytes of its content, of a file
 * @param modified when it was changed last
 * @param identity equal for two names of one file, and for no others
 */
public record Standing(FileKind kind, long size, Instant modified, Object identity) {
    /** Checks that nothing is null. */
    public Standing {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(identity, "identity");
    }
}
