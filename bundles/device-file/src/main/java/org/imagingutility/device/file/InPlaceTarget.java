package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.file.Path;
import org.imagingutility.api.device.DeviceInfo;

/** A block device or existing file that is overwritten where it stands. */
final class InPlaceTarget extends ChannelTarget {
    private final TargetLock lock;

    InPlaceTarget(DeviceInfo info, long requiredLength, TargetLock lock, Path path, int clearedUnit) throws IOException {
        super(info, requiredLength, lock.channel(), path, clearedUnit);
        this.lock = lock;
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
        lock.close();
    }
}
