package org.imagingutility.device.file.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.channel.Transfers;
import org.imagingutility.device.file.linux.FileHoles;
import org.imagingutility.file.io.Handle;

/** A file or block device that is read, by the page cache; past it where that fails for more than was asked for. */
final class SourceDevice implements Device {
    private static final int PAGE_SIZE = 4096;

    private final DeviceInfo info;
    private final FileChannel channel;
    private final DirectReads direct;
    private final FileHoles holes;

    SourceDevice(DeviceInfo info, Handle file, FileChannel channel) {
        this.info = info;
        this.channel = channel;
        this.direct = new DirectReads(info, file, channel);
        this.holes = new FileHoles(file);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws DeviceException {
        Transfers.check(info, info.length(), offset, target);
        checkLength(offset);
        int begin = target.position();
        boolean wholePages = offset % PAGE_SIZE == 0 && target.remaining() % PAGE_SIZE == 0;
        try {
            Transfers.read(info, channel, offset, target);
        } catch (DeviceException e) {
            if (wholePages || e.isDeviceChanged()) {
                throw e;
            }
            // the page cache reads whole pages: what failed may be a sector that was not asked for
            direct.read(offset, target.position(begin));
        }
    }

    @Override
    public void readDirectly(long offset, ByteBuffer target) throws DeviceException {
        Transfers.check(info, info.length(), offset, target);
        checkLength(offset);
        direct.read(offset, target);
    }

    /** {@inheritDoc} Block devices have no holes. */
    @Override
    public long nextData(long offset) throws DeviceException {
        if (offset < 0 || offset > info.length()) {
            throw new IllegalArgumentException("byte " + offset + " is outside the device of " + info.length() + " bytes");
        }
        checkLength(offset);
        return info.kind() == DeviceKind.FILE ? holes.nextData(offset, info.length()) : offset;
    }

    /** A source of another length than at the beginning is not the one whose image was asked for. */
    private void checkLength(long offset) throws DeviceException {
        long now;
        try {
            now = channel.size();
        } catch (IOException e) {
            throw IoErrors.reading(info.reference(), offset, e);
        }
        if (now != info.length()) {
            throw DeviceException.deviceChanged(info.reference(), offset, "its length changed from " + info.length() + " to "
                    + now + " bytes while it was being read", "stop what writes to it, and begin anew", null);
        }
    }

    @Override
    public void close() throws DeviceException {
        try (direct; holes) {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.reading(info.reference(), -1, e);
        }
    }
}
