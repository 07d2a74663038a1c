package org.imagingutility.api;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Facts about an image that decide nothing when it is read: device information, times, statistics.
 * Keys are dotted lower-case names ({@code device.model}); values are {@link String}, {@link Long} or
 * {@link Boolean}. Immutable, sorted by key, so that equal facts are written as equal bytes.
 */
public final class Metadata {
    private static final Metadata EMPTY = new Metadata(Collections.emptySortedMap());

    private final SortedMap<String, Object> values;

    private Metadata(SortedMap<String, Object> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /** Returns metadata without any fact. */
    public static Metadata empty() {
        return EMPTY;
    }

    /** Returns metadata with a copy of {@code values}; fails for a value of another type. */
    public static Metadata of(Map<String, ?> values) {
        TreeMap<String, Object> copy = new TreeMap<>();
        for (Map.Entry<String, ?> entry : values.entrySet()) {
            Object value = entry.getValue();
            if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
                throw new IllegalArgumentException("metadata '" + entry.getKey() + "' is no String, Long or Boolean: " + value);
            }
            copy.put(entry.getKey(), value);
        }
        return new Metadata(copy);
    }

    /** Returns all facts, sorted by key; not modifiable. */
    public SortedMap<String, Object> values() {
        return values;
    }

    /** Returns the text stored under {@code key}, if there is one. */
    public Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Returns the number stored under {@code key}, if there is one. */
    public Optional<Long> number(String key) {
        return values.get(key) instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metadata that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
