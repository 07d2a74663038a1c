package org.imagingutility.api.shell;

import java.util.Objects;

/**
 * A way to complete a word.
 *
 * @param value the whole word, as the command is to get it; the shell adds quotes where they are needed
 * @param description what it is, in a few words; may be empty
 * @param whole whether nothing can follow within the word, as in a file's name but not in a folder's
 */
public record Completion(String value, String description, boolean whole) {

    /** Checks that nothing is null. */
    public Completion {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(description, "description");
    }
}
