package org.imagingutility.allocator.btrfs.extent;

import org.imagingutility.api.error.ImagingException;

/** What two streams of ranges have together, as ranges that are not empty, do not overlap and do not touch. For one thread. */
public final class Union implements Ranges {
    private final Ranges first;
    private final Ranges second;
    private boolean firstThere;
    private boolean secondThere;
    private boolean begun;
    private long start;
    private long end;

    /** Creates the union. */
    public Union(Ranges first, Ranges second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public boolean next() throws ImagingException {
        if (!begun) {
            begun = true;
            firstThere = forward(first);
            secondThere = forward(second);
        }
        if (!firstThere && !secondThere) {
            return false;
        }
        start = !secondThere || firstThere && first.start() <= second.start() ? first.start() : second.start();
        end = start;
        while (firstThere && first.start() <= end || secondThere && second.start() <= end) {
            if (firstThere && first.start() <= end) {
                end = Math.max(end, first.end());
                firstThere = forward(first);
            } else {
                end = Math.max(end, second.end());
                secondThere = forward(second);
            }
        }
        return true;
    }

    private static boolean forward(Ranges ranges) throws ImagingException {
        while (ranges.next()) {
            if (ranges.end() > ranges.start()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        return end;
    }
}
