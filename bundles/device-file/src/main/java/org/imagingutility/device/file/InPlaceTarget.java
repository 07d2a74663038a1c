package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.TargetException;

/** A block device or existing file that is overwritten where it stands. */
final class InPlaceTarget extends ChannelTarget {
    private final FileChannel channel;

    InPlaceTarget(DeviceInfo info, long requiredLength, FileChannel channel) {
        super(info, requiredLength, channel);
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
    public void close() throws TargetException {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.writing(info().reference(), -1, e);
        }
    }
}
