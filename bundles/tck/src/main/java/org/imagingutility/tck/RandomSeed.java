package org.imagingutility.tck;

/**
 * The seed of tests with random input. It is the same in each run, so that what fails is what was changed; other inputs
 * are tried with the system property {@code imaging.seed}, a number or {@code new}. A test names its seed when it fails.
 */
public final class RandomSeed {
    private static final String PROPERTY = "imaging.seed";
    private static final long USUAL = 20_260_101;

    private RandomSeed() {
    }

    /**
     * Returns the seed of this run.
     *
     * @throws IllegalArgumentException if the system property is neither a number nor {@code new}
     */
    public static long get() {
        return of(System.getProperty(PROPERTY));
    }

    static long of(String wanted) {
        if (wanted == null) {
            return USUAL;
        }
        if (wanted.equals("new")) {
            return System.nanoTime();
        }
        try {
            return Long.parseLong(wanted);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(PROPERTY + "=" + wanted + ": a number or new is wanted", e);
        }
    }
}
