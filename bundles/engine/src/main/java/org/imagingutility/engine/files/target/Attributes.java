package org.imagingutility.engine.files.target;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.files.PosixAttributes;

/**
 * What a file gets beside name and content.
 *
 * @param posix owner and permissions; empty for those that the system gives to new files
 * @param keepOwner whether it gets that owner; without it, set-user-id and set-group-id are dropped: they would lend the rights of another user
 * @param readOnly whether nobody may write to it, where there are no permissions
 * @param modified when its content was changed last
 * @param accessed when it was read last
 * @param created when it was made; not each system can be told
 */
public record Attributes(Optional<PosixAttributes> posix, boolean keepOwner, boolean readOnly, Optional<Instant> modified, Optional<Instant> accessed,
        Optional<Instant> created) {
    private static final int SET_IDS = 06000;

    /** Checks that nothing is null. */
    public Attributes {
        Objects.requireNonNull(posix, "posix");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(accessed, "accessed");
        Objects.requireNonNull(created, "created");
    }

    /** Returns the lower twelve bits of the mode, where there are permissions. */
    public Optional<Integer> mode() {
        return posix.map(known -> known.permissions() & (keepOwner ? 07777 : ~SET_IDS));
    }
}
