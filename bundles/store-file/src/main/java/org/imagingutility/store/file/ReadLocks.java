package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.file.io.FileIdentity;
import org.imagingutility.file.io.Handle;
import org.imagingutility.file.io.LockedFile;
import org.imagingutility.file.io.RegularFiles;

/**
 * Files that jobs of this store read and have locked, shared with all who only read. The jobs share one channel for each file:
 * closing any channel of a file gives up all locks that the process has on it (POSIX). The system gives the lock up when the
 * process ends, however it ends. For several threads at once; who is to exclude readers holds this object's monitor.
 */
final class ReadLocks {
    private final Map<FileIdentity, Shared> files = new HashMap<>();

    /** A file and how many jobs have it. */
    private static final class Shared {
        private final FileChannel channel;
        private final Handle handle;
        private int users;

        Shared(FileChannel channel, Handle handle) {
            this.channel = channel;
            this.handle = handle;
        }
    }

    /** Opens and locks the file at {@code path}, which has no symbolic links. */
    synchronized ReadOnlyImageFile open(String reference, Path path) throws IOException, ImageReadException {
        Shared shared = files.get(FileIdentity.of(path));
        Shared mine = shared == null ? lock(reference, path) : shared;
        mine.users++;
        try {
            files.put(mine.handle.identity(), mine);
            return new ReadOnlyImageFile(reference, mine.handle, mine.channel, () -> release(mine));
        } catch (RuntimeException | Error e) {
            try {
                release(mine);
            } catch (IOException unclosed) {
                e.addSuppressed(unclosed);
            }
            throw e;
        }
    }

    /** Says whether a job of this store reads the file at {@code path} and has it locked. */
    synchronized boolean contains(Path path) throws IOException {
        return files.containsKey(FileIdentity.of(path));
    }

    private static Shared lock(String reference, Path path) throws IOException, ImageReadException {
        FileChannel channel = RegularFiles.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            // Asked once the lock is there: who had it until now may have taken the file away, or given its name to another.
            Optional<Handle> handle = lock(channel) ? Handle.of(channel, path, LinkOption.NOFOLLOW_LINKS) : Optional.empty();
            if (handle.isEmpty()) {
                throw new ImageReadException(reference, -1, "another job changes or replaces it just now", null);
            }
            return new Shared(channel, handle.get());
        } catch (IOException | ImageReadException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Returns false if somebody has the file locked to change it. */
    private static boolean lock(FileChannel channel) {
        try {
            return LockedFile.request(channel, true) != null;
        } catch (OverlappingFileLockException e) {
            // another store of this process has a lock, which keeps others off as well
            return true;
        } catch (IOException e) {
            // a share without locks: what is read stays open all the same
            return true;
        }
    }

    private synchronized void release(Shared shared) throws IOException {
        if (--shared.users == 0) {
            files.remove(shared.handle.identity());
            shared.channel.close();
        }
    }
}
