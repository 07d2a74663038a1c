package org.imagingutility.command.text;

import java.time.Duration;
import java.util.Locale;
import org.imagingutility.api.config.Units;

/** Durations as text. */
public final class Durations {
    private Durations() {
    }

    /**
     * Returns the time that {@code text} stands for: a whole number followed by ms, s, m or h, or alone for seconds
     * ({@code 500ms}, {@code 30s}, {@code 30}, {@code 2h}).
     *
     * @throws IllegalArgumentException if it is none, or more than a year
     */
    public static Duration parse(String text) {
        return Units.time(text);
    }

    /** Returns {@code seconds} as a clock shows them: {@code 03:12}, {@code 1:03:12}; negative ones as {@code --:--}. */
    public static String clock(long seconds) {
        if (seconds < 0) {
            return "--:--";
        }
        long hours = seconds / 3600;
        String rest = String.format(Locale.ROOT, "%02d:%02d", seconds / 60 % 60, seconds % 60);
        return hours == 0 ? rest : hours + ":" + rest;
    }

    /** Returns {@code duration} for a summary: {@code 85 ms}, {@code 4.2 s}, {@code 3 min 12 s}, {@code 2 h 05 min}. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = (millis + 500) / 1000;
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }
}
