package org.imagingutility.api.files;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.error.ImagingException;

/**
 * A device of whole sectors that is read at any range into any buffer. What a buffer or a range does not allow goes through aligned buffers of
 * 256 KiB, at most one for each thread that reads at the same time.
 */
final class AnyRangeDevice implements VolumeDevice {
    private static final int PIECE = 256 << 10;
    private static final int PAGE = 4096;

    private final Device device;
    private final int alignment;
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();

    AnyRangeDevice(Device device) {
        this.device = device;
        this.alignment = Math.max(device.sectorSize(), PAGE);
    }

    @Override
    public DeviceInfo info() {
        return device.info();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        long length = device.length();
        int wanted = target.remaining();
        if (offset < 0 || offset > length - wanted) {
            throw new IllegalArgumentException("bytes " + offset + "+" + wanted + " of a device of " + length);
        }
        if (wanted == 0) {
            return;
        }
        int sector = device.sectorSize();
        if (target.isDirect() && offset % sector == 0 && (wanted % sector == 0 || offset + wanted == length)
                && target.alignmentOffset(target.position(), alignment) == 0) {
            device.read(offset, target);
            return;
        }
        ByteBuffer piece = take();
        try {
            int limit = target.limit();
            long position = offset;
            while (target.position() < limit) {
                int before = (int) (position % sector);
                int bytes = Math.min(limit - target.position(), PIECE - before);
                long end = Math.min(length, (position + bytes + sector - 1) / sector * sector);
                piece.clear().limit((int) (end - (position - before)));
                device.read(position - before, piece);
                target.put(piece.position(before).limit(before + bytes));
                position += bytes;
            }
        } finally {
            give(piece);
        }
    }

    private ByteBuffer take() {
        synchronized (spare) {
            if (!spare.isEmpty()) {
                return spare.pop();
            }
        }
        return ByteBuffer.allocateDirect(PIECE + 2 * alignment).alignedSlice(alignment);
    }

    private void give(ByteBuffer piece) {
        synchronized (spare) {
            spare.push(piece);
        }
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
    public List<VolumeOnDisk> volumes() throws ImagingException {
        return device.volumes();
    }

    @Override
    public List<VolumeOnDisk> volumeParts() throws ImagingException {
        return device.volumeParts();
    }

    @Override
    public void close() throws ImagingException {
        device.close();
    }
}
