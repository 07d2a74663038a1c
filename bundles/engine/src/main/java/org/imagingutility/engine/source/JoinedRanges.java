package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * Ranges of a disk one behind the other as one device, for reading only. Closes the disk. As safe for threads as the disk.
 */
public final class JoinedRanges implements Device {
    /** The alignment that {@link Device#read} may ask of a buffer, bytes. */
    private static final int PAGE = 4096;
    private static final int MOST_AT_ONCE = 1 << 20;
    private final Device disk;
    private final ExtentList ranges;
    /** Where each range begins in this device. */
    private final long[] starts;
    private final DeviceInfo info;

    /**
     * Joins {@code ranges} of {@code disk}.
     *
     * @param reference name of the device this makes
     * @param ranges whole sectors of the disk, of which the last may end with the disk; at least one
     */
    public JoinedRanges(Device disk, String reference, ExtentList ranges) {
        this.disk = disk;
        this.ranges = ranges;
        this.starts = new long[ranges.count()];
        long length = 0;
        for (int i = 0; i < ranges.count(); i++) {
            boolean whole = ranges.offset(i) % disk.sectorSize() == 0 && (ranges.length(i) % disk.sectorSize() == 0
                    || ranges.end(i) == disk.length());
            if (!whole || ranges.end(i) > disk.length()) {
                throw new IllegalArgumentException("bytes " + ranges.offset(i) + " to " + (ranges.end(i) - 1)
                        + " are no whole sectors of the disk");
            }
            starts[i] = length;
            length += ranges.length(i);
        }
        this.info = new DeviceInfo(reference, disk.info().kind() == DeviceKind.SNAPSHOT ? DeviceKind.SNAPSHOT
                : DeviceKind.PARTITION, length, disk.sectorSize(), "", Optional.of(disk.info().reference()), List.of(), true);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        read(offset, target, Device::read);
    }

    @Override
    public void readDirectly(long offset, ByteBuffer target) throws ImagingException {
        read(offset, target, Device::readDirectly);
    }

    private interface Reading {
        void read(Device device, long offset, ByteBuffer target) throws ImagingException;
    }

    private void read(long offset, ByteBuffer target, Reading reading) throws ImagingException {
        int limit = target.limit();
        if (offset < 0 || offset > info.length() - target.remaining()) {
            throw new IllegalArgumentException("range " + offset + "+" + target.remaining() + " is outside the "
                    + info.length() + " bytes");
        }
        int range = rangeAt(offset);
        try {
            for (long at = offset; target.position() < limit; range++) {
                long inside = at - starts[range];
                int bytes = (int) Math.min(limit - target.position(), ranges.length(range) - inside);
                try {
                    readPiece(ranges.offset(range) + inside, target.limit(target.position() + bytes), reading);
                } catch (DeviceException e) {
                    throw here(e, range);
                }
                at += bytes;
            }
        } finally {
            target.limit(limit);
        }
    }

    /** Reads one piece of a range. Behind a border of ranges a buffer continues where a device may not read to: then by another one. */
    private void readPiece(long offset, ByteBuffer target, Reading reading) throws ImagingException {
        if (target.isDirect() && target.alignmentOffset(target.position(), PAGE) == 0) {
            reading.read(disk, offset, target);
            return;
        }
        int pages = (Math.min(target.remaining(), MOST_AT_ONCE) + PAGE - 1) / PAGE;
        // an aligned slice ends at a page border as well
        ByteBuffer aligned = ByteBuffer.allocateDirect((pages + 1) * PAGE).alignedSlice(PAGE);
        for (long at = offset; target.hasRemaining();) {
            aligned.clear().limit(Math.min(target.remaining(), MOST_AT_ONCE));
            reading.read(disk, at, aligned);
            at += aligned.position();
            target.put(aligned.flip());
        }
    }

    private int rangeAt(long offset) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Who reads counts from the beginning of this device, in errors too. */
    private DeviceException here(DeviceException e, int range) {
        long offset = e.offset() < ranges.offset(range) ? -1 : starts[range] + e.offset() - ranges.offset(range);
        String remedy = e.remedy().orElse(null);
        return e.isDeviceChanged() ? DeviceException.deviceChanged(info.reference(), offset, e.getMessage(), remedy, e)
                : new DeviceException(info.reference(), offset, e.getMessage(), remedy, e);
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        long at = offset;
        while (at < info.length()) {
            int range = rangeAt(at);
            try {
                long data = disk.nextData(ranges.offset(range) + at - starts[range]);
                if (data < ranges.end(range)) {
                    return starts[range] + data - ranges.offset(range);
                }
            } catch (DeviceException e) {
                throw here(e, range);
            }
            at = starts[range] + ranges.length(range);
        }
        return at;
    }

    @Override
    public void cancelRead(ByteBuffer target) {
        disk.cancelRead(target);
    }

    @Override
    public void close() throws ImagingException {
        disk.close();
    }
}
