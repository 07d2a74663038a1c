package org.imagingutility.device.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.LockedFile;

/**
 * Keeps other jobs off a target that is overwritten in place, and off what shares its bytes: the partitions of a disk, the file
 * behind a loop device. Each of them is locked, so two jobs meet at the one that both would write to, whichever they named.
 *
 * <p>These are locks that processes of this program heed (fcntl); mounts are looked for beforehand. Closing any channel of a file
 * gives up the locks that the process has on it (POSIX), so a process also remembers what it writes, and a channel that was
 * opened here stays open as long as the target.
 */
final class TargetLock implements Closeable {
    private final FileChannel target;
    private final Claims claims;
    private final List<Path> claimed = new ArrayList<>();
    private final List<FileChannel> parts = new ArrayList<>();
    private boolean closed;

    private TargetLock(FileChannel target, Claims claims) {
        this.target = target;
        this.claims = claims;
    }

    /**
     * Locks a target.
     *
     * @param path real path of what is to be written to, and {@code sharing} those of what shares bytes with it
     * @param claims what this provider writes; what is locked is taken and kept until {@link #close}
     * @return the lock, with the open target
     * @throws TargetException if another job has one of them
     */
    static TargetLock open(String reference, Path path, List<Path> sharing, Claims claims) throws IOException, TargetException {
        claims.take(reference, path);
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException | RuntimeException e) {
            claims.giveUp(path);
            throw e;
        }
        TargetLock lock = new TargetLock(channel, claims);
        lock.claimed.add(path);
        try {
            lock(reference, channel, path);
            for (Path part : sharing) {
                lock.add(reference, part);
            }
            return lock;
        } catch (IOException | TargetException | RuntimeException e) {
            lock.closeAfter(e);
            throw e;
        }
    }

    private void add(String reference, Path part) throws IOException, TargetException {
        claims.take(reference, part);
        claimed.add(part);
        try {
            FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
            parts.add(channel);
            lock(reference, channel, part);
        } catch (NoSuchFileException e) {
            // a partition without a device node: nobody can name it as a target
            System.getLogger(TargetLock.class.getName()).log(System.Logger.Level.DEBUG, "not there to be locked: " + part, e);
        }
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

    private void closeAfter(Exception cause) {
        try {
            close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Closes the target and gives up all locks. May be called twice. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (target) {
            // partitions first: the system reads the table anew when a disk is closed, unless one of them is open
            for (FileChannel part : parts) {
                part.close();
            }
        } finally {
            claimed.forEach(claims::giveUp);
        }
    }
}
