package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.ImagingException;

/** A device with zeros where its content is left out. Used by several threads at once. */
final class BlankedDevice implements Device {
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(16 << 10).asReadOnlyBuffer();
    private final Device device;
    private volatile ExtentList blank = ExtentList.empty();

    BlankedDevice(Device device) {
        this.device = device;
    }

    /** Returns the device with all its content. */
    Device device() {
        return device;
    }

    /** From now on zeros stand in {@code ranges}, and the device's content elsewhere. */
    void blank(ExtentList ranges) {
        blank = ranges;
    }

    @Override
    public DeviceInfo info() {
        return device.info();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        read(false, offset, target);
    }

    @Override
    public void readDirectly(long offset, ByteBuffer target) throws ImagingException {
        read(true, offset, target);
    }

    private void read(boolean directly, long offset, ByteBuffer target) throws ImagingException {
        ExtentList ranges = blank;
        int begin = target.position();
        int length = target.remaining();
        ExtentList within = ranges.count() == 0 || length == 0 ? ExtentList.empty() : ranges.within(offset, length);
        if (within.totalLength() == length && length > 0) {
            zero(target, begin, length);
            target.position(begin + length);
            return;
        }
        if (directly) {
            device.readDirectly(offset, target);
        } else {
            device.read(offset, target);
        }
        for (int i = 0; i < within.count(); i++) {
            zero(target, begin + (int) (within.offset(i) - offset), (int) within.length(i));
        }
    }

    /** Returns how many bytes a read of {@code length} takes from the device: none where all of them are left out. */
    int bytesTaken(long offset, int length) {
        ExtentList ranges = blank;
        return ranges.count() > 0 && ranges.within(offset, length).totalLength() == length ? 0 : length;
    }

    private void zero(ByteBuffer target, int from, int length) {
        for (int done = 0; done < length; done += zeros.capacity()) {
            target.put(from + done, zeros, 0, Math.min(length - done, zeros.capacity()));
        }
    }

    /** {@inheritDoc} What is left out counts as what the device has there. */
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
    public void close() throws ImagingException {
        device.close();
    }
}
