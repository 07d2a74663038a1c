package org.imagingutility.command.text;

import java.util.List;
import java.util.Optional;

/** Finds what a user may have meant. */
public final class SpellingSuggestion {
    private SpellingSuggestion() {
    }

    /**
     * Returns the one of {@code names} that is fewest changes of a letter away from {@code typed} (what follows a
     * {@code =} left out), if that is at most a third of its letters.
     */
    public static Optional<String> of(String typed, List<String> names) {
        String word = typed.replaceFirst("=.*", "");
        String nearest = null;
        int fewest = Integer.MAX_VALUE;
        for (String name : names) {
            if (3 * Math.abs(word.length() - name.length()) > name.length()) {
                continue; // also that a word without end costs nothing
            }
            int changes = distance(word, name);
            if (changes < fewest && 3 * changes <= name.length()) {
                nearest = name;
                fewest = changes;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Returns the Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
