package org.imagingutility.engine.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.Damage;

/**
 * Collects damages from several threads; counts all, keeps the first thousand, and more of the ranges of device that they
 * cost. One that stops at the first damage takes no second.
 */
final class DamageLog {
    private static final int KEPT = 1000;
    private static final int LOST_KEPT = 100_000;

    private final boolean stopAtFirst;
    private final List<Damage> kept = new ArrayList<>();
    private final List<Extent> lost = new ArrayList<>();
    private long count;

    DamageLog(boolean stopAtFirst) {
        this.stopAtFirst = stopAtFirst;
    }

    synchronized void add(Damage damage) {
        if (stopped()) {
            return;
        }
        count++;
        if (kept.size() < KEPT) {
            kept.add(damage);
        }
        if (lost.size() < LOST_KEPT) {
            damage.device().ifPresent(lost::add);
        }
    }

    /** Says whether there is nothing more to look for. */
    synchronized boolean stopped() {
        return stopAtFirst && count > 0;
    }

    synchronized long count() {
        return count;
    }

    /** Returns those that were kept, in file order. */
    synchronized List<Damage> inFileOrder() {
        return kept.stream().sorted(Comparator.comparingLong(Damage::fileOffset)).toList();
    }

    /** Returns what the damages cost of the device; several may cost the same. */
    synchronized ExtentList lost() {
        List<Extent> sorted = lost.stream().sorted(Comparator.comparingLong(Extent::offset)).toList();
        ExtentList.Builder ranges = new ExtentList.Builder();
        long end = 0;
        for (Extent range : sorted) {
            long from = Math.max(end, range.offset());
            if (range.end() > from) {
                ranges.add(from, range.end() - from);
                end = range.end();
            }
        }
        return ranges.build();
    }
}
