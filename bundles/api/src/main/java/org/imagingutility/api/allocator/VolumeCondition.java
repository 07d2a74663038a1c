package org.imagingutility.api.allocator;

/**
 * A condition of a volume in which what its file system notes as in use may lag behind what its files refer to, so that
 * the note alone must not decide what is left out of an image.
 */
public enum VolumeCondition {
    /** It was not unmounted in order, or is mounted. */
    DIRTY("dirty"),
    /** An operating system sleeps on it and keeps the newest state in its hibernation file. */
    HIBERNATED("hibernated"),
    /** The file system, or a driver, noted errors. */
    ERRORS("errors"),
    /** Changes wait in a journal (a log) and are not written to their places yet. */
    JOURNAL_PENDING("journal-pending"),
    /** A check, an upgrade or another change of the whole volume was started or is due at the next mount. */
    CHECK_PENDING("check-pending"),
    /** Copies of the same structure differ, or a structure of the file system itself is damaged. */
    INCONSISTENT("inconsistent");

    private final String word;

    VolumeCondition(String word) {
        this.word = word;
    }

    /** Returns the permanent word for it in images and in output for programs: lower-case letters and hyphens. */
    public String word() {
        return word;
    }
}
