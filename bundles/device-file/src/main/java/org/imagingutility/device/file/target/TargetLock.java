package org.imagingutility.device.file.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.channel.RangeCalls;
import org.imagingutility.device.file.linux.DeviceClaim;
import org.imagingutility.device.file.linux.DeviceNumber;
import org.imagingutility.device.file.linux.LinuxRangeCalls;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.Handle;
import org.imagingutility.file.io.LockedFile;

/**
 * Keeps everybody off a target that is overwritten in place, and off what shares its bytes: the partitions of a disk, the file
 * behind a loop device. Each of them is locked, so two jobs meet at the one that both would write to, whichever they named; and
 * the block devices among them are claimed of the kernel (see {@link DeviceClaim}), which keeps other programs off.
 *
 * <p>The locks are those of {@link LockedFile}, which processes of this program heed. Closing any channel of a file gives up the locks that the
 * process has on it (POSIX), so a process also remembers what it writes, and what was opened here stays open as long as the target.
 */
final class TargetLock implements Closeable {
    private final String reference;
    private final FileChannel target;
    private final Handle handle;
    private final Path path;
    private final Claims claims;
    private final List<Path> claimed = new ArrayList<>();
    /** What is closed before the target; what was opened last is closed first. */
    private final Deque<Closeable> parts = new ArrayDeque<>();
    private final List<DeviceClaim> held = new ArrayList<>();
    /** The claim of the target itself, if it is a block device. */
    private DeviceClaim own;
    private boolean closed;

    private TargetLock(String reference, Path path, FileChannel target, Handle handle, Claims claims) {
        this.reference = reference;
        this.target = target;
        this.handle = handle;
        this.path = path;
        this.claims = claims;
        claimed.add(path);
    }

    /**
     * Opens and locks a target.
     *
     * @param path real path of what is to be written to
     * @param claims what this provider writes; what is locked is taken and kept until {@link #close}
     * @throws TargetException if another job has it, or gave its name to another file meanwhile
     */
    static TargetLock open(String reference, Path path, Claims claims) throws IOException, TargetException {
        claims.take(reference, path);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            lock(reference, channel, path);
            Handle handle = Handle.of(channel, path).orElseThrow(() -> LockedFile.busy(reference, path));
            return new TargetLock(reference, path, channel, handle, claims);
        } catch (IOException | TargetException | RuntimeException | Error e) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } finally {
                // not before: closing the file gives up the locks of whoever has it next in this process
                claims.giveUp(path);
            }
            throw e;
        }
    }

    /** Locks what shares bytes with the target, and keeps it until {@link #close}. */
    void add(Path part) throws IOException, TargetException {
        claims.take(reference, part);
        claimed.add(part);
        try {
            FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
            parts.push(channel);
            lock(reference, channel, part);
        } catch (NoSuchFileException e) {
            // a partition without a device node: nobody can name it as a target
            System.getLogger(TargetLock.class.getName()).log(System.Logger.Level.DEBUG, "not there to be locked: " + part, e);
        }
    }

    /** Claims the block device that is the target, and keeps it until {@link #close}. */
    void claimTarget(Path node, DeviceNumber number) throws IOException, TargetException {
        own = DeviceClaim.take(reference, node, number, true);
        held.add(own);
        DeviceNumber opened = DeviceNumber.of(handle.path());
        if (!opened.equals(number)) {
            throw new IOException("\"" + node + "\" is device " + number + " by now, not " + opened);
        }
    }

    /** Claims a block device that shows the target's bytes, and keeps it until {@link #close}. */
    void claim(Path node, DeviceNumber number) throws TargetException {
        held.add(DeviceClaim.take(reference, node, number, false));
    }

    private static void lock(String reference, FileChannel channel, Path path) throws IOException, TargetException {
        if (LockedFile.tryLock(channel, false) == null) {
            throw LockedFile.busy(reference, path);
        }
    }

    /** Returns the open target, which is closed with the lock. */
    FileChannel channel() {
        return target;
    }

    /**
     * Makes sure that the name still leads to the target.
     *
     * @throws TargetException if it does not
     */
    void requireName() throws TargetException {
        try {
            if (!handle.isNamed(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new TargetException(reference, -1, "is another file or device than the one that was written: something replaced "
                        + "or removed \"" + path + "\" meanwhile" + handle.nameNow().map(now -> "; what was written is \"" + now
                        + "\" now").orElse(""), "keep other programs and users off the folder, and restore again", null);
            }
        } catch (IOException e) {
            throw IoErrors.writing(reference, -1, e);
        }
    }

    /** Opens what gives ranges of the target back. */
    RangeCalls rangeCalls() throws IOException {
        return own == null ? LinuxRangeCalls.open(handle) : own.rangeCalls();
    }

    /** Returns what leads to the target. */
    Handle handle() {
        return handle;
    }

    /** Closes the target and gives up all locks and claims. May be called twice. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        IOException first = null;
        // partitions first: the system reads the table anew when a disk is closed, unless one of them is open
        while (!parts.isEmpty()) {
            first = closed(parts.pop(), first);
        }
        first = closed(target, first);
        // last: until what was written is away from this process nobody else is to mount the device or to format it
        for (DeviceClaim claim : held) {
            first = closed(claim, first);
        }
        claimed.forEach(claims::giveUp);
        if (first != null) {
            throw first;
        }
    }

    private static IOException closed(Closeable part, IOException first) {
        try {
            part.close();
            return first;
        } catch (IOException e) {
            if (first == null) {
                return e;
            }
            first.addSuppressed(e);
            return first;
        }
    }
}
