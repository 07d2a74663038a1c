package org.imagingutility.engine.repository.image;

import java.time.Duration;

/** The times of a prune, which writers and pruners of all machines must agree on: {@code docs/repository-format.md}, "Pruning". */
public final class PruneTimes {
    /** How long a part is condemned before anything of it is deleted, and how long after its end its objects stay. */
    public static final Duration GRACE = Duration.ofHours(24);
    /** How long a writer refers to frames before it looks at the marks again, and most between its last look and the put of its manifest. */
    public static final Duration LOOK = Duration.ofHours(1);
    /** A writer that has not looked for so long fails. */
    public static final Duration BLIND = Duration.ofHours(12);
    /** How long a pruner deletes on the strength of one verdict, and how old what it last saw of a part may be when it puts that verdict. */
    public static final Duration DELETE = Duration.ofHours(1);
    /** Objects that are younger are not condemned. */
    public static final Duration YOUNG = Duration.ofHours(24);

    /** How far a clock may be off, that of a machine or of the place. */
    public static final Duration CLOCKS = Duration.ofHours(1);

    private PruneTimes() {
    }
}
