package org.imagingutility.disk;

import java.util.ArrayList;
import java.util.List;

/** Collects what the user should know, up to a bound: a hostile table has something wrong in each of its entries. */
final class Warnings {
    private static final int MOST = 32;

    private final List<String> texts = new ArrayList<>();
    private long more;

    /** Adds a sentence on the byte {@code offset} of the disk. */
    void at(long offset, String text) {
        add("byte " + offset + ": " + text);
    }

    /** Adds a sentence. */
    void add(String text) {
        if (texts.size() < MOST) {
            texts.add(text);
        } else {
            more++;
        }
    }

    /** Returns what was added. */
    List<String> toList() {
        List<String> all = new ArrayList<>(texts);
        if (more > 0) {
            all.add("and " + more + " more of that kind");
        }
        return all;
    }
}
