package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;

/** A file or block device that is read. */
final class SourceDevice implements Device {
    private final DeviceInfo info;
    private final FileChannel channel;

    SourceDevice(DeviceInfo info, FileChannel channel) {
        this.info = info;
        this.channel = channel;
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws DeviceException {
        Transfers.check(info, info.length(), offset, target);
        checkLength(offset);
        Transfers.read(info, channel, offset, target);
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
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.reading(info.reference(), -1, e);
        }
    }
}
