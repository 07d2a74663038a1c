package org.imagingutility.device.file.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.Directories;
import org.imagingutility.file.io.LockedFile;
import org.imagingutility.file.io.Ownership;
import org.imagingutility.file.io.PartialFiles;
import org.imagingutility.file.io.PublishedName;
import org.imagingutility.file.io.RegularFiles;

/**
 * A file being written as {@code NAME.partial}, locked as long as its writer lives. A left-over one, which nobody has
 * locked, is replaced.
 */
final class PartialFile {
    private final Path target;
    private final Path path;
    private final LockedFile file;
    private final Claims claims;
    private boolean closed;

    private PartialFile(Path target, Path path, LockedFile file, Claims claims) {
        this.target = target;
        this.path = path;
        this.file = file;
        this.claims = claims;
    }

    /** Opens the partial file that has been claimed. */
    @FunctionalInterface
    private interface Opening {
        LockedFile open(Path path) throws IOException, ImagingException;
    }

    /**
     * Begins a file.
     *
     * @param reference name of the target for messages
     * @param target absolute path the file will have
     * @param claims what this provider writes; the partial name is taken and kept until {@link #close}
     * @param options how it is opened, besides being created, read and written
     */
    static PartialFile begin(String reference, Path target, Claims claims, OpenOption... options) throws ImagingException {
        return claimed(reference, target, claims, path -> PartialFiles.create(reference, path, leftOver -> {
            // whoever locked it is gone, and a target is never resumed: it may go
        }, Set.of(options)));
    }

    /** Opens a file again that was closed and kept; parameters as for {@link #begin}. */
    static PartialFile reopen(String reference, Path target, Claims claims) throws ImagingException {
        return claimed(reference, target, claims, path -> {
            LockedFile file = LockedFile.open(reference, path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            try {
                Ownership.require(reference, file, path, true);
                return file;
            } catch (IOException | TargetException | RuntimeException | Error e) {
                file.channel().close();
                throw e;
            }
        });
    }

    private static PartialFile claimed(String reference, Path target, Claims claims, Opening opening) throws ImagingException {
        Path path = PartialFiles.beside(target);
        claims.take(reference, path);
        LockedFile file = null;
        try {
            file = opening.open(path);
            return new PartialFile(target, path, file, claims);
        } catch (IOException e) {
            claims.giveUp(path);
            throw IoErrors.creating(reference, e);
        } catch (ImagingException | RuntimeException | Error e) {
            abandon(file, e);
            claims.giveUp(path);
            throw e;
        }
    }

    /** Closes what nobody holds: not after the name is given up, since closing a file gives up all locks on it (POSIX). */
    private static void abandon(LockedFile file, Throwable cause) {
        try {
            if (file != null) {
                file.channel().close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    LockedFile file() {
        return file;
    }

    Path path() {
        return path;
    }

    /**
     * Gives the file its final name, atomically.
     *
     * @param replaceEmpty whether a file without a byte that stands there is replaced; any other is not
     */
    void rename(boolean replaceEmpty) throws IOException {
        PublishedName name = new PublishedName(file, path, target);
        boolean linked = replaceEmpty && Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? replacedEmpty(name) : name.give(false);
        Directories.force(target.getParent());
        if (linked) {
            name.dropPartial();
        }
    }

    private boolean replacedEmpty(PublishedName name) throws IOException {
        try (FileChannel empty = RegularFiles.open(target, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (empty.size() > 0) {
                throw new FileAlreadyExistsException(target.toString());
            }
        }
        // closed before: Windows replaces no open file
        return name.give(true);
    }

    /** Closes the file, which gives up the lock; {@code keep} says whether it stays where it is. May be called twice. */
    void close(boolean keep) throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        Closeable channel = file.channel();
        try (channel) {
            if (!keep) {
                PublishedName.remove(file, path);
            }
        } finally {
            claims.giveUp(path);
        }
    }
}
