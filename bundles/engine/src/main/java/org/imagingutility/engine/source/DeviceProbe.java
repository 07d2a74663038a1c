package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * Tells a device with bad places from one that went away: where nothing can be read any more, not even what could be
 * read before, the rest must not be recorded as unreadable. Used by several threads at once.
 */
final class DeviceProbe {
    private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SPREAD = 8;

    private final Device device;
    private final AbandonableReads reads;
    private final int unit;
    private volatile long firstGood = -1;
    private volatile long lastGood = -1;
    private volatile long answeredNanos;
    private volatile boolean answered;

    DeviceProbe(Device device, AbandonableReads reads) {
        this.device = device;
        this.reads = reads;
        this.unit = device.sectorSize();
    }

    /** Notes that {@code [offset, end)} was just read. */
    void good(long offset, long end) {
        if (offset + unit > end) {
            return;
        }
        if (firstGood < 0) {
            firstGood = offset;
        }
        lastGood = offset;
    }

    /** Like {@link #check}, unless the device has answered within the last second. */
    void checkNowAndThen(DeviceException error) throws ImagingException {
        if (!answered || System.nanoTime() - answeredNanos > TRUSTED_NANOS) {
            check(error);
        }
    }

    /** Reads places that could be read before, or ones spread over the device. Fails if none of them can be read. */
    void check(DeviceException error) throws ImagingException {
        Set<Long> places = places();
        for (long place : places) {
            if (reads(place)) {
                answered = true;
                answeredNanos = System.nanoTime();
                return;
            }
        }
        throw DeviceException.deviceChanged(error.device(), error.offset(), "nor can any of " + places.size()
                + " other places be read" + (firstGood >= 0 ? ", some of which could be read before" : "")
                + ": the device went away or has failed altogether", "look at the system log and the cable; then continue with --resume",
                error);
    }

    private Set<Long> places() {
        Set<Long> places = new LinkedHashSet<>();
        if (firstGood >= 0) {
            places.add(firstGood);
            places.add(lastGood);
        }
        long units = device.length() / unit;
        for (int i = 0; i < SPREAD && units > 0; i++) {
            places.add(units * i / SPREAD * unit);
        }
        places.add(Math.max(0, units - 1) * unit);
        return places;
    }

    private boolean reads(long place) throws ImagingException {
        int length = (int) Math.min(unit, device.length() - place);
        try {
            reads.read(true, place, ByteBuffer.allocate(length));
            return true;
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return false;
        }
    }
}
