package org.imagingutility.engine.repair;

import org.imagingutility.api.ExtentList;

/**
 * What of the device is lost: known to be by who looks for frames, found to be by who decodes them. Each of the two goes
 * through the device in order, at its own pace. For one thread each.
 */
final class LostRanges {
    private final ExtentList.Builder missing = new ExtentList.Builder();
    private final ExtentList.Builder damaged = new ExtentList.Builder();

    /** Adds ranges that no frame was found for. */
    void addMissing(ExtentList ranges) {
        addAll(ranges, missing);
    }

    /** Adds ranges whose frame does not hold. */
    void addDamaged(ExtentList ranges) {
        addAll(ranges, damaged);
    }

    /** Returns all of them, when both passes have ended. */
    ExtentList all() {
        ExtentList first = missing.build();
        ExtentList second = damaged.build();
        ExtentList.Builder all = new ExtentList.Builder();
        int i = 0;
        int j = 0;
        while (i < first.count() || j < second.count()) {
            if (j == second.count() || i < first.count() && first.offset(i) < second.offset(j)) {
                all.add(first.offset(i), first.length(i++));
            } else {
                all.add(second.offset(j), second.length(j++));
            }
        }
        return all.build();
    }

    private static void addAll(ExtentList ranges, ExtentList.Builder to) {
        for (int i = 0; i < ranges.count(); i++) {
            to.add(ranges.offset(i), ranges.length(i));
        }
    }
}
