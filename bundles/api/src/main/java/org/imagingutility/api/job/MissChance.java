package org.imagingutility.api.job;

/**
 * How likely a verification misses a damage of a given size: one run of consecutive bytes of the image file, all of them
 * wrong, that begins anywhere with equal chance.
 *
 * @param damageLength bytes of the run
 * @param chance 0 (cannot be missed) to 1 (cannot be found)
 */
public record MissChance(long damageLength, double chance) {

    /** Checks the ranges. */
    public MissChance {
        if (damageLength <= 0 || !(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("a damage of " + damageLength + " bytes is missed with chance " + chance);
        }
    }
}
