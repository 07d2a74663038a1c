package org.imagingutility.engine.write;

import java.util.concurrent.TimeUnit;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.job.JobMonitor;

/**
 * The ranges of a device that could not be read, as the frames report them in device order. Tells the user of the first
 * few as they come and of the others from time to time. For one thread.
 */
public final class UnreadableLog {
    /** Most ranges that are kept; more are counted only. */
    public static final int MAX_RANGES = 100_000;
    private static final int TOLD_ONE_BY_ONE = 10;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final JobMonitor monitor;
    private final String device;
    private final ExtentList.Builder ranges = new ExtentList.Builder();
    private long rangeCount;
    private long bytes;
    private long lastEnd = -1;
    private long toldNanos;

    /** Creates an empty log of {@code device} that tells {@code monitor}. */
    public UnreadableLog(JobMonitor monitor, String device) {
        this.monitor = monitor;
        this.device = device;
    }

    /** Adds the next ranges. */
    public void add(ExtentList unreadable) {
        for (int i = 0; i < unreadable.count(); i++) {
            add(unreadable.offset(i), unreadable.length(i));
        }
    }

    private void add(long offset, long length) {
        boolean goesOn = offset == lastEnd;
        if (rangeCount + (goesOn ? 0 : 1) <= MAX_RANGES) {
            ranges.add(offset, length);
        }
        rangeCount += goesOn ? 0 : 1;
        bytes += length;
        lastEnd = offset + length;
        if (rangeCount <= TOLD_ONE_BY_ONE) {
            monitor.notice("\"" + device + "\": bytes " + offset + " to " + (offset + length - 1)
                    + " cannot be read; recorded as unreadable" + (goesOn ? " (continued)" : ""));
            toldNanos = System.nanoTime();
        } else if (System.nanoTime() - toldNanos > PERIOD_NANOS) {
            monitor.notice("\"" + device + "\": " + rangeCount + " ranges, " + bytes
                    + " bytes, cannot be read up to byte " + lastEnd);
            toldNanos = System.nanoTime();
        }
    }

    /** Returns the ranges, the first {@link #MAX_RANGES} of them. */
    public ExtentList ranges() {
        return ranges.build();
    }
}
