package org.imagingutility.device.file.target;

import java.io.IOException;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.TargetException;

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
    void publish() throws TargetException {
        // has its name already, if nobody took it away
        lock.requireName();
    }

    @Override
    void end() throws IOException {
        lock.close();
    }
}
