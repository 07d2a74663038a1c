package org.imagingutility.engine.files.compare;

/** How many entries of directories are held at once, in all directories that are open. For one thread. */
final class EntryBudget {
    private static final int ALL = 1 << 18;
    /** Each directory has at least so many, however many are open. */
    private static final int LEAST = 256;
    private int left;

    EntryBudget() {
        this(ALL);
    }

    EntryBudget(int all) {
        left = all;
    }

    /** Returns how many entries one more directory may hold. */
    int share() {
        return Math.max(LEAST, left / 2);
    }

    /** Notes that so many more are held, or fewer if negative. */
    void held(int entries) {
        left -= entries;
    }
}
