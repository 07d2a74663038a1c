package org.imagingutility.device.file.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.channel.RangeCalls;
import org.imagingutility.device.file.channel.Transfers;
import org.imagingutility.device.file.linux.NativeErrors;

/**
 * Gives ranges of a target back to what it lies on. The operating system is asked for whole units; zeros that are wanted beside
 * them are written. What it refuses once is not asked for again. For several threads at once.
 */
final class RangeClearer implements Closeable {
    /** A page of the cache, and a block of most file systems. To give back less gains nothing. */
    private static final int PAGE = 4096;

    private final DeviceInfo info;
    private final FileChannel channel;
    private final int sectorSize;
    private final RangeCalls.Opener opener;
    private RangeCalls calls;
    private boolean closed;
    private volatile Optional<String> zerosRefused = Optional.empty();
    private volatile Optional<String> discardRefused = Optional.empty();

    /**
     * Creates it; nothing is opened or loaded before it is needed.
     *
     * @param channel the open target, which stays the caller's
     * @param sectorSize bytes the operating system works in: a sector of a block device, 1 for a file
     */
    RangeClearer(DeviceInfo info, FileChannel channel, int sectorSize, RangeCalls.Opener opener) {
        this.info = info;
        this.channel = channel;
        this.sectorSize = sectorSize;
        this.opener = opener;
    }

    /** Clears like {@link org.imagingutility.api.device.WritableDevice#clear}; the range is checked. */
    Clearing clear(long offset, long length, boolean zeros) throws TargetException {
        Optional<String> refused = zeros ? zerosRefused : discardRefused;
        if (refused.isPresent()) {
            return Clearing.refused(refused.get());
        }
        long unit = zeros ? sectorSize : Math.max(sectorSize, PAGE);
        long end = offset + length;
        long to = end / unit * unit;
        long from = Math.min(to, (offset + unit - 1) / unit * unit);
        if (from < offset) {
            // no whole unit
            from = end;
            to = end;
        }
        if (from < to) {
            try {
                ask(from, to - from, zeros);
            } catch (IOException | LinkageError e) {
                return refused(e, zeros);
            }
        }
        if (zeros) {
            writeZeros(offset, from);
            writeZeros(to, end);
        }
        return Clearing.done(to - from);
    }

    private void ask(long offset, long length, boolean zeros) throws IOException {
        RangeCalls open = calls();
        if (zeros || info.kind() == DeviceKind.FILE) {
            open.punchHole(offset, length);
        } else {
            open.discard(offset, length);
        }
    }

    private synchronized RangeCalls calls() throws IOException {
        if (closed) {
            throw new IOException("it is closed");
        }
        if (calls == null) {
            calls = opener.open();
        }
        return calls;
    }

    private Clearing refused(Throwable cause, boolean zeros) {
        String reason = cause instanceof LinkageError error ? NativeErrors.text(error) : IoErrors.text((IOException) cause);
        System.getLogger(RangeClearer.class.getName()).log(System.Logger.Level.DEBUG,
                "nothing is given back of " + info.reference(), cause);
        if (zeros) {
            zerosRefused = Optional.of(reason);
        } else {
            discardRefused = Optional.of(reason);
        }
        return Clearing.refused(reason);
    }

    /** At most a unit less one byte, or two that lie side by side. */
    private void writeZeros(long from, long to) throws TargetException {
        if (from < to) {
            Transfers.write(info, channel, from, ByteBuffer.allocateDirect((int) (to - from)));
        }
    }

    /** Closes what was opened here, not before the target: closing any channel of a file gives up the locks of all (POSIX). */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (calls != null) {
            RangeCalls open = calls;
            calls = null;
            open.close();
        }
    }
}
