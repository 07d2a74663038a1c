package org.imagingutility.engine.probe;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;

/**
 * A device that allocators look at, for a job. On a volume that is not in order they may read all of its records, which can take
 * minutes: a job that is to stop is stopped at the next read, and the user is told what takes so long. Does not own the device. The
 * monitor is asked in the thread that made it only; other threads, which read what is imaged, have the job's own checks.
 */
final class ProbedDevice implements Device {
    /** How long a user may wonder: behind it there is a line, and another each time that twice as much time has gone. */
    static final long FIRST_NOTICE_NANOS = 3_000_000_000L;

    private final Device device;
    private final JobMonitor monitor;
    private final Thread thread = Thread.currentThread();
    private final long begin;
    private long nextNotice = FIRST_NOTICE_NANOS;
    private long bytesRead;
    private boolean known;

    /** Begins; {@code nanos} is the time of {@link System#nanoTime}. */
    ProbedDevice(Device device, JobMonitor monitor, long nanos) {
        this.device = device;
        this.monitor = monitor;
        this.begin = nanos;
    }

    /** Says that it is known what is on the device: who reads on has a progress of its own. */
    void known() {
        known = true;
    }

    @Override
    public DeviceInfo info() {
        return device.info();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int length = target.remaining();
        if (Thread.currentThread() == thread) {
            if (monitor.cancelled()) {
                throw new CancelledException("looking at the file system of \"" + info().reference() + "\"");
            }
            if (!known) {
                bytesRead += length;
                tell(System.nanoTime());
            }
        }
        device.read(offset, target);
    }

    /** Tells of it if it is time to. */
    void tell(long nanos) {
        if (nanos - begin >= nextNotice) {
            nextNotice *= 2;
            monitor.notice("still looking at the file system of \"" + info().reference() + "\", what is in use is to be known first: "
                    + (bytesRead >> 20) + " MiB read");
        }
    }

    @Override
    public void readDirectly(long offset, ByteBuffer target) throws ImagingException {
        device.readDirectly(offset, target);
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        return device.nextData(offset);
    }

    @Override
    public Optional<ClustersInUse> clustersInUse() throws ImagingException {
        return device.clustersInUse();
    }

    @Override
    public void cancelRead(ByteBuffer target) {
        device.cancelRead(target);
    }

    @Override
    public void close() {
        // the device is its owner's
    }
}
