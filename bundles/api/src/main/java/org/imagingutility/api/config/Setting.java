package org.imagingutility.api.config;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One setting. Its value is text; {@link #check} says which text is one. Safe for several threads.
 */
public final class Setting {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");
    private final String key;
    private final String defaultValue;
    private final String range;
    private final String description;
    private final List<String> choices;
    private final UnaryOperator<String> form;

    private Setting(String key, String defaultValue, String range, String description, List<String> choices,
            UnaryOperator<String> form) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("\"" + key + "\" is no key of a setting");
        }
        this.key = key;
        this.range = Objects.requireNonNull(range, "range");
        this.description = Objects.requireNonNull(description, "description");
        this.choices = List.copyOf(choices);
        this.form = Objects.requireNonNull(form, "form");
        this.defaultValue = check(defaultValue);
    }

    /** Returns a setting that is a whole number from {@code min} to {@code max}, both included. */
    public static Setting number(String key, long defaultValue, long min, long max, String description) {
        return new Setting(key, Long.toString(defaultValue), "a whole number from " + min + " to " + max, description,
                List.of(), text -> Long.toString(within(wholeNumber(text), min, max)));
    }

    /** Returns a setting that is a number of bytes from {@code min} to {@code max}: {@code 4M}, {@code 4194304}. */
    public static Setting size(String key, String defaultValue, long min, long max, String description) {
        return new Setting(key, defaultValue, "a size from " + Units.ofBytes(min) + " to " + Units.ofBytes(max), description,
                List.of(), text -> Units.ofBytes(within(Units.bytes(text), min, max)));
    }

    /** Returns a setting that is a power of two of bytes from {@code min} to {@code max}. */
    public static Setting powerOfTwo(String key, String defaultValue, long min, long max, String description) {
        return new Setting(key, defaultValue, "a power of two from " + Units.ofBytes(min) + " to " + Units.ofBytes(max),
                description, List.of(), text -> {
                    long bytes = within(Units.bytes(text), min, max);
                    if (Long.bitCount(bytes) != 1) {
                        throw new IllegalArgumentException("is no power of two");
                    }
                    return Units.ofBytes(bytes);
                });
    }

    /** Returns a setting that is a time from {@code min} to {@code max}: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}. */
    public static Setting time(String key, String defaultValue, String min, String max, String description) {
        long least = Units.time(min).toMillis();
        long most = Units.time(max).toMillis();
        return new Setting(key, defaultValue, "a time from " + min + " to " + max, description, List.of(),
                text -> Units.ofTime(within(Units.time(text).toMillis(), least, most)));
    }

    /** Returns a setting that is {@code true} or {@code false}. */
    public static Setting flag(String key, boolean defaultValue, String description) {
        return choice(key, Boolean.toString(defaultValue), List.of("true", "false"), description);
    }

    /** Returns a setting that is one of {@code choices}; how they are capitalised does not matter. */
    public static Setting choice(String key, String defaultValue, List<String> choices, String description) {
        return new Setting(key, defaultValue, "one of " + String.join(", ", choices), description, choices,
                text -> oneOf(choices, text));
    }

    private static String oneOf(List<String> choices, String text) {
        for (String choice : choices) {
            if (choice.equalsIgnoreCase(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("is none of them");
    }

    /**
     * Returns a setting with a form of its own.
     *
     * @param range which values there are, in words that follow "must be"
     * @param form returns the value in its usual form, or throws an {@code IllegalArgumentException}
     */
    public static Setting text(String key, String defaultValue, String range, String description, UnaryOperator<String> form) {
        return new Setting(key, defaultValue, range, description, List.of(), form);
    }

    /** Returns the key: lower-case words with dots and hyphens, {@code image.retries}. */
    public String key() {
        return key;
    }

    /** Returns the value if nobody set one. */
    public String defaultValue() {
        return defaultValue;
    }

    /** Returns which values there are, in words that follow "must be". */
    public String range() {
        return range;
    }

    /** Returns what it is for, in a sentence. */
    public String description() {
        return description;
    }

    /** Returns the values there are, if they are few; else nothing. */
    public List<String> choices() {
        return choices;
    }

    /**
     * Returns {@code text} in its usual form.
     *
     * @throws IllegalArgumentException if it is no value of this setting; the message says which are
     */
    public String check(String text) {
        try {
            return form.apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " = \"" + text + "\" is refused: it must be " + range, e);
        }
    }

    @Override
    public String toString() {
        return key;
    }

    private static long wholeNumber(String text) {
        return Long.parseLong(text);
    }

    private static long within(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("is out of range");
        }
        return value;
    }
}
