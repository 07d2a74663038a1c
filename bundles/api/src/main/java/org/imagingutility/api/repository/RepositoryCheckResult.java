package org.imagingutility.api.repository;

import java.util.List;

/**
 * What a check of a repository found.
 *
 * @param images how many images it has
 * @param tables how many different chunk tables they have
 * @param frames how many frames the tables list; one that several tables list counts for each
 * @param framesRead how many of them were read and compared
 * @param bytesRead stored bytes of those
 * @param damages the first damages, at most 1000
 * @param damageCount how many were found
 * @param marked frames that were noted as damaged
 * @param healed frames that were noted as damaged before and are whole again
 */
public record RepositoryCheckResult(long images, long tables, long frames, long framesRead, long bytesRead, List<RepositoryDamage> damages,
        long damageCount, long marked, long healed) {
    /** Most damages that are listed. */
    public static final int MAX_DAMAGES = 1000;

    /** Copies the list. */
    public RepositoryCheckResult {
        damages = List.copyOf(damages);
    }

    /** Says whether no damage was found. */
    public boolean intact() {
        return damageCount == 0;
    }
}
