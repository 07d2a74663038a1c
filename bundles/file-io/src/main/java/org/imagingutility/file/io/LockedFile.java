package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import org.imagingutility.api.error.TargetException;

/**
 * A file that is open for writing and locked against other processes.
 *
 * @param channel the open file
 * @param lock held until the channel is closed, or released before
 * @param identity which file it is
 */
public record LockedFile(FileChannel channel, FileLock lock, FileIdentity identity) {

    /**
     * Opens and locks a file.
     *
     * @param reference name of the target for messages
     * @throws TargetException if another job has it locked
     */
    public static LockedFile open(String reference, Path path, Set<OpenOption> options) throws IOException, TargetException {
        FileChannel channel = FileChannel.open(path, options);
        try {
            FileLock lock = tryLock(channel, false);
            if (lock == null) {
                throw busy(reference, path);
            }
            return new LockedFile(channel, lock, FileIdentity.of(path));
        } catch (IOException | TargetException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the lock, or null if another has one that excludes it. */
    public static FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Returns the error of a file that another job has locked. */
    public static TargetException busy(String reference, Path path) {
        return new TargetException(reference, -1, "another job is writing it (\"" + path + "\")",
                "wait for that job, or choose another name", null);
    }
}
