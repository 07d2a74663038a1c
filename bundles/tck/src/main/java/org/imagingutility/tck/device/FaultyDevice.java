package org.imagingutility.tck.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;

/**
 * A device in memory that fails as disks do: sectors that cannot be read, or only after some tries, reads that take long
 * or hang, a device that goes away. Insists on the alignment the contract demands. Safe for use by several threads.
 */
public final class FaultyDevice implements Device {
    /** A sector that never becomes readable. */
    public static final int FOREVER = Integer.MAX_VALUE;

    private final DeviceInfo info;
    private final byte[] content;
    private final TreeMap<Long, Integer> bad = new TreeMap<>();
    private final Map<Long, CountDownLatch> hanging = new HashMap<>();
    private Duration delay = Duration.ZERO;
    private boolean vague;
    private boolean gone;
    private boolean closed;
    private long readCount;
    private long failedReadCount;

    /** Creates a device that holds {@code content} itself, not a copy; {@code sectorSize} is in bytes. */
    public FaultyDevice(String reference, byte[] content, int sectorSize) {
        info = new DeviceInfo(reference, DeviceKind.DISK, content.length, sectorSize, "faulty", Optional.empty(), List.of(), true);
        this.content = content;
    }

    /**
     * Makes the sector with number {@code sector} fail: each read of it and others, and the first {@code failures} reads of
     * it alone.
     */
    public synchronized void bad(long sector, int failures) {
        bad.put(sector, failures);
    }

    /** Makes the sectors from {@code first} on, {@code count} of them, fail for good. */
    public synchronized void badRun(long first, int count) {
        for (long sector = first; sector < first + count; sector++) {
            bad.put(sector, FOREVER);
        }
    }

    /** Makes all sectors readable. */
    public synchronized void heal() {
        bad.clear();
        gone = false;
    }

    /** Makes every read that touches the sector with number {@code sector} wait until {@code released}. */
    public synchronized void hang(long sector, CountDownLatch released) {
        hanging.put(sector, released);
    }

    /** Makes every read that fails take so long. */
    public synchronized void delayFailures(Duration time) {
        delay = time;
    }

    /** Makes errors name the begin of the range that was asked for instead of the sector. */
    public synchronized void vague() {
        vague = true;
    }

    /** Makes every read fail from now on, as when the cable is pulled; the errors do not say so. */
    public synchronized void goAway() {
        gone = true;
    }

    /** Returns how many reads there were, failed ones included. */
    public synchronized long readCount() {
        return readCount;
    }

    /** Returns how many reads failed. */
    public synchronized long failedReadCount() {
        return failedReadCount;
    }

    /** Says whether the device is closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws DeviceException {
        MemoryDevice.checkRange(info, offset, target);
        await(offset, target.remaining());
        DeviceException error = failure(offset, target.remaining());
        if (error == null) {
            target.put(content, (int) offset, target.remaining());
            return;
        }
        sleep(delay);
        throw error;
    }

    private void await(long offset, int length) {
        CountDownLatch latch = null;
        synchronized (this) {
            for (long sector = offset / info.sectorSize(); sector * info.sectorSize() < offset + length; sector++) {
                latch = hanging.getOrDefault(sector, latch);
            }
        }
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized DeviceException failure(long offset, int length) {
        readCount++;
        if (closed) {
            return DeviceException.deviceChanged(info.reference(), offset, "is closed", null, null);
        }
        if (gone) {
            failedReadCount++;
            return new DeviceException(info.reference(), offset, "injected loss of the device", null, null);
        }
        Map.Entry<Long, Integer> first = bad.ceilingEntry(offset / info.sectorSize());
        if (first == null || first.getKey() * info.sectorSize() >= offset + length) {
            return null;
        }
        if (length <= info.sectorSize() && first.getValue() != FOREVER) {
            if (first.getValue() == 0) {
                return null;
            }
            bad.put(first.getKey(), first.getValue() - 1);
        }
        failedReadCount++;
        return new DeviceException(info.reference(), vague ? offset : first.getKey() * info.sectorSize(),
                "injected bad sector", null, null);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
