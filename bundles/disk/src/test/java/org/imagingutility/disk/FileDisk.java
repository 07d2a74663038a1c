package org.imagingutility.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;

/** A file as a device with sectors of 512 bytes. */
final class FileDisk implements Device {
    private final FileChannel channel;
    private final DeviceInfo info;

    FileDisk(Path file) throws IOException {
        channel = FileChannel.open(file);
        info = new DeviceInfo(file.getFileName().toString(), DeviceKind.FILE, channel.size(), 512, "", Optional.empty(),
                List.of(), true);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws DeviceException {
        if (offset < 0 || offset > info.length() - target.remaining() || offset % 512 != 0 || target.remaining() % 512 != 0) {
            throw new IllegalArgumentException(offset + "+" + target.remaining());
        }
        try {
            while (target.hasRemaining()) {
                offset += channel.read(target, offset);
            }
        } catch (IOException e) {
            throw new DeviceException(info.reference(), offset, "cannot be read", null, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
