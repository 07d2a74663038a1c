package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * Reads what can be read of a range with unreadable sectors in it, down to single sectors. A bad sector on its own costs
 * a binary search, a dead area one failing read for each of its sectors, and once more for each retry. For one thread.
 */
final class SectorRescue {
    /** Bytes of a read while all goes well. */
    private static final int LONGEST_STEP = 1 << 20;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2000;
    /** Retries of a range end after this time, or after as long as the first tries took, whichever is longer. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final BlankedDevice device;
    private final AbandonableReads reads;
    private final DeviceProbe probe;
    private final BooleanSupplier stopped;
    private final int sectorSize;
    private final int retries;
    private final ByteBuffer content;
    private final long base;
    private DeviceException lastError;
    private long bytesRead;

    /**
     * Creates a rescue.
     *
     * @param retries how often an unreadable sector is tried again
     * @param content gets what is read; what cannot be read becomes zeros
     * @param base offset on the device of the content's first byte
     */
    SectorRescue(BlankedDevice device, AbandonableReads reads, DeviceProbe probe, BooleanSupplier stopped, int retries,
            ByteBuffer content, long base) {
        this.device = device;
        this.reads = reads;
        this.probe = probe;
        this.stopped = stopped;
        this.sectorSize = device.sectorSize();
        this.retries = retries;
        this.content = content;
        this.base = base;
    }

    /** Reads {@code [from, to)}, whole sectors, and returns those that cannot be read; the first tries included. */
    ExtentList readAll(long from, long to) throws ImagingException {
        long begin = System.nanoTime();
        ExtentList bad = walk(from, to);
        long budget = Math.max(RETRY_NANOS, System.nanoTime() - begin);
        long retriesBegin = System.nanoTime();
        for (int retry = 1; retry <= retries && bad.count() > 0; retry++) {
            CancellableSleep.sleep(pauseMillis(retry), stopped);
            report("retry " + retry + " of " + retries + ": ranges that could not be read: " + bad.count());
            ExtentList.Builder still = new ExtentList.Builder();
            for (int i = 0; i < bad.count(); i++) {
                boolean late = System.nanoTime() - retriesBegin > budget;
                ExtentList left = late ? bad.within(bad.offset(i), bad.length(i)) : walk(bad.offset(i), bad.end(i));
                add(still, left);
            }
            bad = still.build();
        }
        if (bad.count() > 0) {
            probe.check(lastError);
        }
        return bad;
    }

    /**
     * Reads {@code [from, to)}, whole sectors, all of which must become readable.
     *
     * @throws DeviceException for the first sector that stays unreadable
     */
    void readOrFail(long from, long to, String remedy) throws ImagingException {
        long position = from;
        while (position < to) {
            long bad = firstBad(position, to);
            if (bad < 0) {
                return;
            }
            long end = Math.min(to, bad + sectorSize);
            int tries = 1;
            boolean readable = false;
            while (!readable && tries <= retries) {
                CancellableSleep.sleep(pauseMillis(tries++), stopped);
                report("retry " + (tries - 1) + " of " + retries + ": bytes " + bad + " to " + (end - 1));
                readable = attempt(bad, end);
            }
            if (!readable) {
                probe.check(lastError);
                throw new DeviceException(lastError.device(), bad, "this sector cannot be read (tried "
                        + (tries == 1 ? "once" : tries + " times") + ", sectors of " + sectorSize + " bytes): "
                        + reason(lastError), remedy, lastError);
            }
            position = end;
        }
    }

    /** Returns the bytes that were read from the device. */
    long bytesRead() {
        return bytesRead;
    }

    /**
     * Notes a step for those who look closely; one bad sector is dozens of them. Asking for the logger only then spares a device
     * without errors that.
     */
    private void report(String step) {
        System.getLogger("org.imagingutility.engine").log(System.Logger.Level.DEBUG, "\"{0}\": {1}", device.info().reference(), step);
    }

    private static String reason(DeviceException error) {
        Throwable cause = error.getCause();
        return cause != null && cause.getMessage() != null ? cause.getMessage() : error.getMessage();
    }

    private static long pauseMillis(int retry) {
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(10, retry - 1));
    }

    private static void add(ExtentList.Builder builder, ExtentList extents) {
        for (int i = 0; i < extents.count(); i++) {
            builder.add(extents.offset(i), extents.length(i));
        }
    }

    private ExtentList walk(long from, long to) throws ImagingException {
        ExtentList.Builder bad = new ExtentList.Builder();
        Steps steps = new Steps(from, to);
        while (steps.position < to) {
            long at = steps.position;
            if (steps.go()) {
                bad.add(at, steps.position - at);
                zero(at, steps.position);
            }
        }
        return bad.build();
    }

    /** Returns the first sector from {@code from} on that cannot be read, or -1 if all was read. */
    private long firstBad(long from, long to) throws ImagingException {
        Steps steps = new Steps(from, to);
        while (steps.position < to) {
            long at = steps.position;
            if (steps.go()) {
                return at;
            }
        }
        return -1;
    }

    private boolean attempt(long from, long to) throws ImagingException {
        content.limit((int) (to - base)).position((int) (from - base));
        try {
            reads.read(true, from, content);
            probe.good(from, to);
            bytesRead += device.bytesTaken(from, (int) (to - from));
            return true;
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            report("bytes " + from + " to " + (to - 1) + " cannot be read: " + reason(e));
            lastError = e;
            probe.checkNowAndThen(e);
            return false;
        }
    }

    /** Makes zeros of {@code [from, to)}. */
    void zero(long from, long to) {
        content.clear();
        for (long at = from; at < to; at++) {
            content.put((int) (at - base), (byte) 0);
        }
    }

    /**
     * The way through a range: reads grow while they succeed; where one fails, the halves of it lead to the sector. Behind
     * a bad sector the next one is tried alone, since bad sectors come in runs.
     */
    private final class Steps {
        private final long to;
        private long position;
        private long step = LONGEST_STEP;
        /** End of the shortest read that failed and began here or before; 0 if none did. */
        private long failedEnd;
        /** Where the device said the error is, if it said so within the read that failed; 0 otherwise. */
        private long suspect;

        Steps(long from, long to) {
            this.position = from;
            this.to = to;
        }

        /** Makes one read; true if the sector at the old position was found to be unreadable and passed. */
        boolean go() throws ImagingException {
            long end = end();
            if (attempt(position, end)) {
                position = end;
                if (position >= failedEnd) {
                    step = Math.min(LONGEST_STEP, step * 2);
                }
                return false;
            }
            if (end - position > sectorSize) {
                failedEnd = end;
                suspect = lastError.offset() / sectorSize * sectorSize;
                return false;
            }
            position = end;
            failedEnd = 0;
            suspect = 0;
            step = sectorSize;
            return true;
        }

        private long end() {
            if (failedEnd <= position) {
                return Math.min(to, position + step);
            }
            if (suspect > position && suspect < failedEnd) {
                return suspect;
            }
            if (suspect == position) {
                suspect = 0;
                return Math.min(failedEnd, position + sectorSize);
            }
            long half = (failedEnd - position) / 2 / sectorSize * sectorSize;
            return Math.min(failedEnd, position + Math.max(sectorSize, half));
        }
    }
}
