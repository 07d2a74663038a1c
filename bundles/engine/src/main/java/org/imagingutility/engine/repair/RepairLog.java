package org.imagingutility.engine.repair;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.api.container.Damage;

/** Counts what is told to it from several threads, and keeps the first thousand. */
final class RepairLog {
    private static final int KEPT = 1000;

    private final List<Damage> kept = new ArrayList<>();
    private long count;

    synchronized void add(Damage damage) {
        count++;
        if (kept.size() < KEPT) {
            kept.add(damage);
        }
    }

    synchronized long count() {
        return count;
    }

    /** Returns those that were kept, in file order. */
    synchronized List<Damage> inFileOrder() {
        return kept.stream().sorted(Comparator.comparingLong(Damage::fileOffset)).toList();
    }
}
