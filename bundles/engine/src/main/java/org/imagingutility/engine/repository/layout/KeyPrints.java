package org.imagingutility.engine.repository.layout;

import java.util.Arrays;
import java.util.Collection;

/**
 * 64 bits for each of many keys, 8 bytes of memory each. Two keys that have the same print are taken for one another, which may keep
 * garbage and never loses anything. For one thread.
 */
public final class KeyPrints {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int FIRST = 1024;

    private long[] prints = new long[FIRST];
    private int count;
    private boolean sorted = true;

    /** Creates an empty list. */
    public KeyPrints() {
    }

    /** Creates a list of the prints of {@code keys}. */
    public static KeyPrints of(Collection<String> keys) {
        KeyPrints all = new KeyPrints();
        keys.forEach(key -> all.add(of(key)));
        return all;
    }

    /** Returns the print of a key: FNV-1a of its characters, mixed once more. */
    public static long of(String key) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
        return hash ^ hash >>> 29;
    }

    /** Adds one; the same may be added again. */
    public void add(long print) {
        if (count == prints.length) {
            prints = Arrays.copyOf(prints, Math.addExact(count, count / 2));
        }
        prints[count++] = print;
        sorted = false;
    }

    /** Adds all of another list. */
    public void addAll(KeyPrints other) {
        for (int i = 0; i < other.count; i++) {
            add(other.prints[i]);
        }
    }

    /** Says whether it was added. */
    public boolean contains(long print) {
        sort();
        return Arrays.binarySearch(prints, 0, count, print) >= 0;
    }

    /** Says whether one of {@code other} was added here, too. */
    public boolean meets(KeyPrints other) {
        for (int i = 0; i < other.count; i++) {
            if (contains(other.prints[i])) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many were added. */
    public int count() {
        return count;
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(prints, 0, count);
            sorted = true;
        }
    }
}
