package org.imagingutility.device.drive;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.windows.io.ControlCode;
import org.imagingutility.windows.io.DeviceHandle;
import org.imagingutility.windows.io.HandleTarget;
import org.imagingutility.windows.io.LockedVolume;
import org.imagingutility.windows.io.WindowsErrors;
import org.imagingutility.windows.io.WindowsException;

/**
 * A drive that is overwritten. Its first MiB, where partition tables begin, is written last: until then zeros stand there, so that a
 * drive that is half written is one without partitions, and Windows mounts nothing of it.
 */
final class DriveTarget extends HandleTarget {
    private static final int HEAD = 1 << 20;
    private static final int PAGE = 4096;

    private final List<LockedVolume> locks;
    private final int headLength;
    private final Object headLock = new Object();
    /** What is to stand at the beginning; null before something is written. */
    private ByteBuffer head;
    private boolean headWritten;

    DriveTarget(DeviceInfo info, long requiredLength, DeviceHandle handle, List<LockedVolume> locks) {
        super(info, requiredLength, handle);
        this.locks = List.copyOf(locks);
        // of a drive that is not written up to there, or whose sectors do not fit, nothing is held back
        this.headLength = requiredLength >= HEAD && HEAD % info.sectorSize() == 0 ? HEAD : 0;
    }

    @Override
    public void write(long offset, ByteBuffer source) throws ImagingException {
        int length = source.remaining();
        if (headLength == 0 || length == 0) {
            super.write(offset, source);
            return;
        }
        boolean within = offset >= 0 && offset < headLength;
        synchronized (headLock) {
            beginHead();
            if (within) {
                int count = (int) Math.min(length, headLength - offset);
                head.put((int) offset, source, source.position(), count);
                headWritten = false;
            }
        }
        if (!within) {
            super.write(offset, source);
            return;
        }
        int limit = source.limit();
        int begin = source.position();
        int rest = (int) Math.max(0, offset + length - headLength);
        if (rest > 0) {
            source.position(limit - rest);
            super.write(headLength, source);
        }
        source.limit(limit).position(begin + length);
    }

    /** Keeps what stands at the beginning and writes zeros there. */
    private void beginHead() throws ImagingException {
        if (head == null) {
            ByteBuffer kept = buffer();
            super.read(0, kept);
            super.write(0, buffer());
            head = kept;
        }
    }

    private ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(headLength + PAGE).alignedSlice(PAGE).limit(headLength);
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int begin = target.position();
        super.read(offset, target);
        synchronized (headLock) {
            if (head != null && !headWritten && offset < headLength) {
                target.put(begin, head, (int) offset, (int) Math.min(target.position() - begin, headLength - offset));
            }
        }
    }

    @Override
    protected void writeHeldBack() throws ImagingException {
        synchronized (headLock) {
            if (head != null && !headWritten) {
                flushed();
                super.write(0, head.duplicate().position(0).limit(headLength));
                headWritten = true;
            }
        }
    }

    /** The rest is on the drive before its beginning is. */
    private void flushed() throws ImagingException {
        try {
            handle().flush();
        } catch (WindowsException e) {
            throw WindowsErrors.writing(info().reference(), -1, e);
        }
    }

    /** Has Windows read the partition table anew. */
    @Override
    protected void announce() throws ImagingException {
        try {
            handle().control(ControlCode.IOCTL_DISK_UPDATE_PROPERTIES, null, null);
        } catch (WindowsException e) {
            throw WindowsErrors.writing(info().reference(), -1, e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            super.close();
        } finally {
            locks.forEach(LockedVolume::close);
        }
    }
}
