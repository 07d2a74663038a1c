package org.imagingutility.device.file;

import java.io.IOException;
import org.imagingutility.api.device.DeviceInfo;

/** A block device or existing file that is overwritten where it stands. */
final class InPlaceTarget extends ChannelTarget {
    private final TargetLock lock;

    InPlaceTarget(DeviceInfo info, long requiredLength, TargetLock lock, int clearedUnit) {
        super(info, requiredLength, lock.channel(), lock.handle(), clearedUnit, lock::rangeCalls);
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
