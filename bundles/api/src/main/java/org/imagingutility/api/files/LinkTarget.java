package org.imagingutility.api.files;

import java.util.Objects;

/**
 * Where a link leads. Hostile: it may be any path, or none.
 *
 * @param target the path that counts: {@code ../lib}, {@code \??\C:\Users}
 * @param shown the path that its system shows instead; the same where there is no other
 */
public record LinkTarget(FileName target, FileName shown) {
    /** Checks that nothing is null. */
    public LinkTarget {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(shown, "shown");
    }

    /** Creates one that is shown as it is. */
    public LinkTarget(FileName target) {
        this(target, target);
    }
}
