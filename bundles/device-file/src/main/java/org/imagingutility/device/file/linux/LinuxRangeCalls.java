package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.file.Path;
import org.imagingutility.device.file.channel.RangeCalls;
import org.imagingutility.file.io.FileIdentity;
import org.imagingutility.file.io.Handle;

/** The calls of Linux: fallocate(2) and the ioctl BLKDISCARD (linux/fs.h), on a file descriptor. */
public final class LinuxRangeCalls implements RangeCalls {
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;
    /** {@code _IO(0x12, 119)}. */
    private static final long BLKDISCARD = 0x1277;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final NativeCalls calls;
    private final int descriptor;
    /** Whether there is nothing to close, or not any more. */
    private boolean closed;

    private LinuxRangeCalls(NativeCalls calls, int descriptor, boolean borrowed) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.closed = borrowed;
    }

    /** Returns the calls for a descriptor that is open for writing and stays its owner's. */
    static RangeCalls by(NativeCalls calls, int descriptor) {
        return new LinuxRangeCalls(calls, descriptor, true);
    }

    /**
     * Opens the calls for an open file or device.
     *
     * @throws IOException if it cannot be opened once more or is another one, or the operating system is not Linux
     * @throws LinkageError if JNA is not there or cannot be loaded
     */
    public static RangeCalls open(Handle file) throws IOException {
        NativeCalls calls = NativeCalls.load();
        LinuxRangeCalls opened = new LinuxRangeCalls(calls, calls.open(file.path(), NativeCalls.O_RDWR), false);
        try {
            // where the path is a name it may lead elsewhere by now: the open file is asked which one it is
            if (!file.identity().equals(FileIdentity.ofFollowed(DESCRIPTORS.resolve(Integer.toString(opened.descriptor))))) {
                throw new IOException("its name leads to another file by now");
            }
            return opened;
        } catch (IOException | RuntimeException | Error e) {
            try {
                opened.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    @Override
    public void punchHole(long offset, long length) throws IOException {
        calls.call("fallocate", descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        calls.call("ioctl", descriptor, BLKDISCARD, new long[] {offset, length});
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            calls.close(descriptor);
        }
    }
}
