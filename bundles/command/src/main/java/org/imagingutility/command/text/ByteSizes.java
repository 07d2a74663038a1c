package org.imagingutility.command.text;

import java.util.Locale;
import org.imagingutility.api.config.Units;

/** Sizes in bytes as users write and read them; units are powers of 1024. */
public final class ByteSizes {
    private static final String[] SHOWN = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private ByteSizes() {
    }

    /**
     * Returns the bytes that {@code text} stands for: a whole number, alone or followed by K, M, G or T
     * ({@code 4M}, {@code 4MiB}, {@code 4194304}).
     *
     * @throws IllegalArgumentException if it is none, or more than {@link Long#MAX_VALUE} bytes
     */
    public static long parse(String text) {
        return Units.bytes(text);
    }

    /** Returns {@code bytes} with one decimal in the largest unit that gives at least 1: {@code 12.3 GiB}, {@code 512 B}. */
    public static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double value = bytes / (double) (1L << (10 * unit));
        if (value >= 1023.95 && unit < SHOWN.length) {
            // would be shown as "1024.0" of the smaller unit
            return String.format(Locale.ROOT, "%.1f %s", value / 1024, SHOWN[unit]);
        }
        return String.format(Locale.ROOT, "%.1f %s", value, SHOWN[unit - 1]);
    }

    /** Returns {@code bytes} in a unit and, where that rounds, exactly: {@code 12.3 GiB (13207024435 bytes)}. */
    public static String formatExactly(long bytes) {
        return bytes < 1024 ? format(bytes) : format(bytes) + " (" + bytes + " bytes)";
    }

    /** Returns the rate of {@code bytes} in {@code nanos}, a second: {@code 420.5 MiB/s}; {@code -} if no time passed. */
    public static String formatRate(long bytes, long nanos) {
        return nanos <= 0 ? "-" : format(rate(bytes, nanos)) + "/s";
    }

    /** Returns the bytes a second of {@code bytes} in {@code nanos}; 0 if no time passed. */
    public static long rate(long bytes, long nanos) {
        return nanos <= 0 ? 0 : (long) (bytes / (nanos / 1e9));
    }
}
