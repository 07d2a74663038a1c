package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.imagingutility.api.device.DeviceInfo;

/** A block device or existing file that is overwritten where it stands. */
final class InPlaceTarget extends ChannelTarget {
    private final FileChannel channel;

    InPlaceTarget(DeviceInfo info, long requiredLength, FileChannel channel, Path path, int clearedUnit) throws IOException {
        super(info, requiredLength, channel, path, clearedUnit);
        this.channel = channel;
    }

    @Override
    public boolean fresh() {
        return false;
    }

    @Override
    void publish() {
        // has its name already
    }

    @Override
    void end() throws IOException {
        channel.close();
    }
}
