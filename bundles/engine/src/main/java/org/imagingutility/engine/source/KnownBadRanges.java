package org.imagingutility.engine.source;

import org.imagingutility.api.ExtentList;

/**
 * Ranges of a device that count as unreadable without being tried. Safe for use by several threads.
 *
 * @param ranges the ranges, in bytes of device
 * @param sectorSize bytes of a sector
 * @param deviceLength length of the device in bytes
 */
public record KnownBadRanges(ExtentList ranges, int sectorSize, long deviceLength) {
    /** Nothing is known to be bad. */
    public static final KnownBadRanges NONE = new KnownBadRanges(ExtentList.empty(), 1, Long.MAX_VALUE);

    boolean touches(long from, long to) {
        int first = ranges.firstEndingAfter(from);
        return first < ranges.count() && ranges.offset(first) < to;
    }

    /** Returns the sectors in {@code [from, to)} that such a range touches; {@code from} and {@code to} are sector borders. */
    ExtentList sectorsWithin(long from, long to) {
        ExtentList.Builder sectors = new ExtentList.Builder();
        long covered = from;
        for (int i = ranges.firstEndingAfter(from); i < ranges.count() && ranges.offset(i) < to; i++) {
            long begin = Math.max(covered, ranges.offset(i) / sectorSize * sectorSize);
            long whole = (ranges.end(i) - 1) / sectorSize * sectorSize;
            long end = Math.min(to, whole > deviceLength - sectorSize ? deviceLength : whole + sectorSize);
            if (end > begin) {
                sectors.add(begin, end - begin);
                covered = end;
            }
        }
        return sectors.build();
    }
}
