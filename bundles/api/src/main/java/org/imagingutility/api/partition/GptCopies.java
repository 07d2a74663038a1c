package org.imagingutility.api.partition;

import java.util.Objects;
import java.util.Optional;

/**
 * The two copies of a GUID partition table, header and entries each.
 *
 * @param used the copy that was read
 * @param primaryProblem what is wrong with the copy at the beginning of the disk, with its place; empty if it is sound
 * @param backupProblem what is wrong with the copy at the end; empty if it is sound
 */
public record GptCopies(Copy used, Optional<String> primaryProblem, Optional<String> backupProblem) {

    /** Checks that nothing is null and that the copy used is sound. */
    public GptCopies {
        Objects.requireNonNull(used, "used");
        if ((used == Copy.PRIMARY ? primaryProblem : backupProblem).isPresent()) {
            throw new IllegalArgumentException("the copy used is damaged");
        }
    }

    /** Which copy. */
    public enum Copy {
        /** At the beginning of the disk. */
        PRIMARY,
        /** At its end. */
        BACKUP
    }
}
