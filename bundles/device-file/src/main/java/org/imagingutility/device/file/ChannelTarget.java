package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.TargetException;

/** What all targets share: reading and writing. */
abstract class ChannelTarget implements WritableDevice {
    private final DeviceInfo info;
    private final long requiredLength;
    private final FileChannel channel;
    private volatile boolean completed;

    /** {@code requiredLength} bytes from offset 0 on will be written at most; a write may end there, aligned or not. */
    ChannelTarget(DeviceInfo info, long requiredLength, FileChannel channel) {
        this.info = info;
        this.requiredLength = requiredLength;
        this.channel = channel;
    }

    @Override
    public final DeviceInfo info() {
        return info;
    }

    @Override
    public final void read(long offset, ByteBuffer target) throws DeviceException {
        Transfers.check(info, requiredLength, offset, target);
        Transfers.read(info, channel, offset, target);
    }

    @Override
    public final void write(long offset, ByteBuffer source) throws TargetException {
        checkNotCompleted();
        Transfers.check(info, requiredLength, offset, source);
        Transfers.write(info, channel, offset, source);
    }

    @Override
    public final void complete() throws TargetException {
        checkNotCompleted();
        try {
            channel.force(true);
        } catch (IOException e) {
            throw IoErrors.writing(info.reference(), -1, e);
        }
        completed = true;
        publish();
    }

    /** Gives the target its final name, if it has another one. All is on stable storage. */
    abstract void publish() throws TargetException;

    final boolean completed() {
        return completed;
    }

    private void checkNotCompleted() {
        if (completed) {
            throw new IllegalStateException("target \"" + info.reference() + "\" is complete");
        }
    }
}
