package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.file.FileRights;

/**
 * A file that is open for writing and locked against other processes. When it was locked it stood under the name that it was
 * opened by: a lock on a file that has lost its name keeps nobody off the one that has it now.
 *
 * @param channel the open file
 * @param lock held until the channel is closed, or released before
 * @param handle leads to the file whatever happens to its names
 */
public record LockedFile(FileChannel channel, FileLock lock, Handle handle) {
    /**
     * The byte that is locked, behind the end of every file. Windows keeps everybody from locked bytes, also who has the file open
     * a second time in the same process. Earlier versions lock all bytes up to and with this one, so they and this one see each other.
     */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * Opens and locks a file. A symbolic link is not followed. One that is made has the rights of {@link FileRights#asked}.
     *
     * @param reference name of the target for messages
     * @throws TargetException if another job has it locked, or has given the name to another file meanwhile
     */
    public static LockedFile open(String reference, Path path, Set<OpenOption> options) throws IOException, TargetException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = opened(path, all);
        try {
            FileLock lock = tryLock(channel, false);
            Optional<Handle> handle = lock == null ? Optional.empty() : Handle.of(channel, path, LinkOption.NOFOLLOW_LINKS);
            if (handle.isEmpty()) {
                throw busy(reference, path);
            }
            return new LockedFile(channel, lock, handle.get());
        } catch (IOException | TargetException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** A file that is made is regular, and to open a pipe for reading and writing waits for nobody (Linux, fifo(7)). */
    private static FileChannel opened(Path path, Set<OpenOption> options) throws IOException {
        boolean waits = !options.contains(StandardOpenOption.CREATE_NEW) && !options.contains(StandardOpenOption.CREATE)
                && !(options.contains(StandardOpenOption.READ) && options.contains(StandardOpenOption.WRITE));
        return waits ? RegularFiles.open(path, options.toArray(OpenOption[]::new))
                : FileChannel.open(path, options, FileRights.asked().ofFile(path));
    }

    /** Returns which file it is. */
    public FileIdentity identity() {
        return handle.identity();
    }

    /** Says whether the file stands under {@code name}, not through a symbolic link. */
    public boolean isNamed(Path name) throws IOException {
        return handle.isNamed(name, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the lock, or null if another has one that excludes it. */
    public static FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return request(channel, shared);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * Returns the lock, or null if another process has one that excludes it.
     *
     * @throws OverlappingFileLockException if this process has one, shared or not
     */
    public static FileLock request(FileChannel channel, boolean shared) throws IOException {
        return channel.tryLock(LOCKED_BYTE, 1, shared);
    }

    /** Returns the error of a file that another job has locked. */
    public static TargetException busy(String reference, Path path) {
        return new TargetException(reference, -1, "another job is writing it (\"" + path + "\")",
                "wait for that job, or choose another name", null);
    }
}
