package org.imagingutility.engine.set;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
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
        check(offset, buffer);
        target.read(start + offset, buffer);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws ImagingException {
        check(offset, source);
        target.write(start + offset, source);
    }

    private void check(long offset, ByteBuffer buffer) {
        if (offset < 0 || offset > info.length() - buffer.remaining()) {
            throw new IllegalArgumentException("range " + offset + "+" + buffer.remaining() + " is outside the partition of "
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
