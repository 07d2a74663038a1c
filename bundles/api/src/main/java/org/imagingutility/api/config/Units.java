package org.imagingutility.api.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as users write them. */
public final class Units {
    private static final Pattern SIZE = Pattern.compile("(\\d+)(?:([KMGT])(?:i?B)?|B)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(\\d+)(ms|s|m|h)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";
    private static final Duration LONGEST = Duration.ofDays(365);

    private Units() {
    }

    /**
     * Returns the bytes that {@code text} stands for: a whole number, alone or followed by K, M, G or T, powers of 1024
     * ({@code 4M}, {@code 4MiB}, {@code 4194304}).
     *
     * @throws IllegalArgumentException if it is none, or more than {@link Long#MAX_VALUE} bytes
     */
    public static long bytes(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no size: expected a whole number of bytes, "
                    + "or one followed by K, M, G or T (powers of 1024), such as 4M");
        }
        int shift = matcher.group(2) == null ? 0 : 10 * (1 + UNITS.indexOf(matcher.group(2).toUpperCase(Locale.ROOT)));
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("\"" + text + "\" is too large: the most is " + Long.MAX_VALUE + " bytes", e);
        }
    }

    /**
     * Returns the time that {@code text} stands for: a whole number followed by ms, s, m or h, or alone for seconds
     * ({@code 500ms}, {@code 30s}, {@code 30}, {@code 2h}).
     *
     * @throws IllegalArgumentException if it is none, or more than a year
     */
    public static Duration time(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no time: expected a whole number followed by ms, s, m or h,"
                    + " such as 30s");
        }
        long millis = switch (matcher.group(2) == null ? "s" : matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1_000;
        };
        long number = matcher.group(1).length() > 12 ? Long.MAX_VALUE : Long.parseLong(matcher.group(1));
        if (number > LONGEST.toMillis() / millis) {
            throw new IllegalArgumentException("\"" + text + "\" is too long: the most is " + LONGEST.toHours() + "h");
        }
        return Duration.ofMillis(number * millis);
    }

    /** Returns {@code bytes} as {@link #bytes} reads it, in the largest unit that it is a multiple of: {@code 4M}, {@code 1000}. */
    static String ofBytes(long bytes) {
        int unit = bytes == 0 ? 0 : Math.min(4, Long.numberOfTrailingZeros(bytes) / 10);
        return unit == 0 ? Long.toString(bytes) : (bytes >> 10 * unit) + UNITS.substring(unit - 1, unit);
    }

    /** Returns {@code millis} as {@link #time} reads it, in the largest unit that it is a multiple of: {@code 30s}, {@code 2m}. */
    static String ofTime(long millis) {
        if (millis == 0 || millis % 1000 == 0 && millis % 60_000 != 0) {
            return millis / 1000 + "s";
        }
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        return millis % 3_600_000 == 0 ? millis / 3_600_000 + "h" : millis / 60_000 + "m";
    }
}
