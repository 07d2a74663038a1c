package org.imagingutility.engine.set.restore;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;

/** A range of a set's target as the target of a single image. Completing it does nothing: the whole is completed at the end. */
final class RangeTarget implements WritableDevice {
    private final SetTarget target;
    private final long start;
    private final DeviceInfo info;

    RangeTarget(SetTarget target, long start, long length) {
        this.target = target;
        this.start = start;
        DeviceInfo disk = target.info();
        this.info = new DeviceInfo(disk.reference(), DeviceKind.PARTITION, length, disk.sectorSize(), "",
                Optional.of(disk.reference()), List.of(), false);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public boolean fresh() {
        return target.fresh();
    }

    @Override
    public void read(long offset, ByteBuffer buffer) throws ImagingException {
        check(offset, buffer.remaining());
        target.read(start + offset, buffer);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws ImagingException {
        check(offset, source.remaining());
        target.write(start + offset, source);
    }

    @Override
    public Clearing clear(long offset, long length, boolean zeros) throws ImagingException {
        check(offset, length);
        return target.clear(start + offset, length, zeros);
    }

    private void check(long offset, long length) {
        if (offset < 0 || length < 0 || offset > info.length() - length) {
            throw new IllegalArgumentException("range " + offset + "+" + length + " is outside the partition of "
                    + info.length() + " bytes");
        }
    }

    @Override
    public boolean bypassCache(boolean bypass) throws ImagingException {
        return target.bypassCache(bypass);
    }

    @Override
    public void complete() throws ImagingException {
        target.bypassCache(false);
    }

    @Override
    public void close() {
        // belongs to the whole
    }
}
