package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;

/**
 * A file being written as {@code NAME.partial}, locked as long as its writer lives. A left-over one, which nobody has
 * locked, is replaced.
 */
final class PartialFile {
    private static final String SUFFIX = ".partial";

    private final Path target;
    private final Path path;
    private final FileChannel channel;
    private final Set<Path> writing;
    private boolean closed;

    private PartialFile(Path target, Path path, FileChannel channel, Set<Path> writing) {
        this.target = target;
        this.path = path;
        this.channel = channel;
        this.writing = writing;
    }

    /** Returns the name under which {@code target} is written until it is complete. */
    static Path beside(Path target) {
        return target.resolveSibling(target.getFileName() + SUFFIX);
    }

    /**
     * Begins a file.
     *
     * @param reference name of the target for messages
     * @param target absolute path the file will have
     * @param writing partial files this process writes; the new one is added and stays until {@link #close}
     * @param options how it is opened, besides being created, read and written
     */
    static PartialFile begin(String reference, Path target, Set<Path> writing, OpenOption... options)
            throws ImagingException {
        Path path = beside(target);
        if (!writing.add(path)) {
            throw busy(reference, path);
        }
        try {
            return new PartialFile(target, path, createLocked(reference, path, options), writing);
        } catch (IOException e) {
            writing.remove(path);
            throw IoErrors.creating(reference, e);
        } catch (ImagingException | RuntimeException e) {
            writing.remove(path);
            throw e;
        }
    }

    /** Opens a file again that was closed and kept; parameters as for {@link #begin}. */
    static PartialFile reopen(String reference, Path target, Set<Path> writing) throws ImagingException {
        Path path = beside(target);
        if (!writing.add(path)) {
            throw busy(reference, path);
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            try {
                lock(channel, reference, path);
                return new PartialFile(target, path, channel, writing);
            } catch (IOException | TargetException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            writing.remove(path);
            throw IoErrors.creating(reference, e);
        } catch (ImagingException | RuntimeException e) {
            writing.remove(path);
            throw e;
        }
    }

    private static FileChannel createLocked(String reference, Path path, OpenOption... options)
            throws IOException, TargetException {
        try {
            return lockedNew(reference, path, options);
        } catch (FileAlreadyExistsException e) {
            deleteStale(reference, path);
        }
        try {
            return lockedNew(reference, path, options);
        } catch (FileAlreadyExistsException e) {
            // another job was quicker to replace the left-over file
            throw busy(reference, path);
        }
    }

    /** Deletes a left-over file, never one that somebody writes or has just given its final name. */
    private static void deleteStale(String reference, Path path) throws IOException, TargetException {
        BasicFileAttributes found = attributes(path);
        if (!found.isRegularFile()) {
            throw new TargetException(reference, -1, "\"" + path + "\" stands in the way and is not a regular file",
                    "remove it", null);
        }
        try (FileChannel stale = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            lock(stale, reference, path);
            // The name may have gone to another file since it was looked at: then somebody is at work here.
            if (!Objects.equals(found.fileKey(), attributes(path).fileKey())) {
                throw busy(reference, path);
            }
            Files.delete(path);
        }
    }

    private static FileChannel lockedNew(String reference, Path path, OpenOption... options)
            throws IOException, TargetException {
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.addAll(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        FileChannel created = FileChannel.open(path, all);
        try {
            lock(created, reference, path);
            return created;
        } catch (IOException | TargetException | RuntimeException e) {
            created.close();
            throw e;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void lock(FileChannel channel, String reference, Path path) throws IOException, TargetException {
        try {
            if (channel.tryLock() == null) {
                throw busy(reference, path);
            }
        } catch (OverlappingFileLockException e) {
            throw busy(reference, path);
        }
    }

    private static TargetException busy(String reference, Path path) {
        return new TargetException(reference, -1, "another job is writing it (\"" + path + "\")",
                "wait for that job, or choose another name", null);
    }

    FileChannel channel() {
        return channel;
    }

    Path path() {
        return path;
    }

    /** Gives the file its final name, atomically; with {@code overwrite} in place of what stands there. */
    void rename(boolean overwrite) throws IOException {
        if (overwrite) {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Directories.force(target.getParent());
            return;
        }
        try {
            // rename() would silently replace a file that appeared meanwhile, link() does not
            Files.createLink(target, path);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // no hard links here (FAT, some network shares): checks, then renames
            Files.move(path, target);
            Directories.force(target.getParent());
            return;
        }
        Directories.force(target.getParent());
        Files.deleteIfExists(path);
    }

    /** Closes the file, which gives up the lock; {@code keep} says whether it stays where it is. May be called twice. */
    void close(boolean keep) throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (!keep) {
                Files.deleteIfExists(path);
            }
        } finally {
            writing.remove(path);
        }
    }
}
