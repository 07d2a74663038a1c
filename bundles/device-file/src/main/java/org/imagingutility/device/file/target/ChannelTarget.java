package org.imagingutility.device.file.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.channel.RangeCalls;
import org.imagingutility.device.file.channel.Transfers;
import org.imagingutility.file.io.FileIdentity;
import org.imagingutility.file.io.Handle;

/**
 * What all targets share: reading, writing and giving back. After a write or force failed, {@link #complete} fails: Linux drops what it
 * could not write, keeps it readable in its cache, and lets the next force succeed.
 */
abstract class ChannelTarget implements WritableDevice {
    private final DeviceInfo info;
    private final long requiredLength;
    private final FileChannel channel;
    private final TargetReads reads;
    private final FileIdentity identity;
    private final RangeClearer clearer;
    private volatile TargetException lost;
    private volatile boolean completed;
    private volatile boolean parked;

    /**
     * Creates the target.
     *
     * @param requiredLength bytes from offset 0 on that will be written at most; a write may end there, aligned or not
     * @param channel the open target
     * @param handle leads to it
     * @param clearedUnit bytes the operating system makes holes of: a sector of a block device, 1 for a file
     * @param calls opens what gives ranges back
     */
    ChannelTarget(DeviceInfo info, long requiredLength, FileChannel channel, Handle handle, int clearedUnit,
            RangeCalls.Opener calls) {
        this.info = info;
        this.requiredLength = requiredLength;
        this.channel = channel;
        this.identity = handle.identity();
        this.reads = new TargetReads(info, channel, handle);
        this.clearer = new RangeClearer(info, channel, clearedUnit, calls);
    }

    @Override
    public final DeviceInfo info() {
        return info;
    }

    @Override
    public final void read(long offset, ByteBuffer target) throws DeviceException {
        Transfers.check(info, requiredLength, offset, target);
        reads.read(offset, target);
    }

    @Override
    public final void write(long offset, ByteBuffer source) throws TargetException {
        checkNotCompleted();
        Transfers.check(info, requiredLength, offset, source);
        try {
            Transfers.write(info, channel, offset, source);
        } catch (TargetException e) {
            lost = e;
            throw e;
        }
    }

    @Override
    public final Clearing clear(long offset, long length, boolean zeros) throws TargetException {
        checkNotCompleted();
        Transfers.checkRange(info, requiredLength, offset, length);
        try {
            return clearer.clear(offset, length, zeros);
        } catch (TargetException e) {
            lost = e;
            throw e;
        }
    }

    @Override
    public final boolean bypassCache(boolean bypass) throws TargetException, DeviceException {
        if (bypass && !completed) {
            force();
        }
        return reads.bypassCache(bypass);
    }

    @Override
    public final void complete() throws TargetException {
        checkNotCompleted();
        force();
        completed = true;
        publish();
    }

    @Override
    public final Optional<String> park() throws TargetException {
        if (completed) {
            return Optional.empty();
        }
        force();
        parked = true;
        return Optional.of(identity.text());
    }

    private void force() throws TargetException {
        TargetException before = lost;
        if (before != null) {
            throw new TargetException(info.reference(), -1, "what was written may be lost, because writing failed: "
                    + before.getMessage(), before.remedy().orElse(null), before, before.mayPass());
        }
        try {
            channel.force(true);
        } catch (IOException e) {
            lost = IoErrors.writing(info.reference(), -1, e);
            throw lost;
        }
    }

    /** Gives the target its final name, if it has another one. All is on stable storage. */
    abstract void publish() throws TargetException;

    /** Closes the channel, and removes a file that was made and is neither complete nor parked. May be called twice. */
    abstract void end() throws IOException;

    /** Says whether a file that was made stays when it is closed. */
    final boolean stays() {
        return completed || parked;
    }

    private void checkNotCompleted() {
        if (completed || parked) {
            throw new IllegalStateException("target \"" + info.reference() + "\" is " + (completed ? "complete" : "parked"));
        }
    }

    @Override
    public final void close() throws TargetException {
        Closeable last = this::end;
        try (reads; clearer; last) {
            // what was opened last is closed first: the lock holds until the end is done
        } catch (IOException e) {
            throw IoErrors.writing(info.reference(), -1, e);
        }
    }
}
