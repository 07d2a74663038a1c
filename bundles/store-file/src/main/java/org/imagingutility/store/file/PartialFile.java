package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;

/** An image that is written as {@code NAME.partial}, and gets its name when it is published. */
final class PartialFile implements Draft {
    private final ImagePlace place;
    private final LockedFile file;
    private final boolean overwrite;
    private final Claims claims;
    private boolean published;
    private boolean closed;

    /** {@code claims} has taken the partial name; it is given up when the file is closed. */
    PartialFile(ImagePlace place, LockedFile file, boolean overwrite, Claims claims) {
        this.place = place;
        this.file = file;
        this.overwrite = overwrite;
        this.claims = claims;
    }

    /**
     * Begins a file.
     *
     * @param reference name of the target for messages
     * @param overwrite whether it may replace an unfinished image now, and a finished one when it is published
     * @param options how it is opened, besides being created, read and written
     */
    static PartialFile create(String reference, ImagePlace place, boolean overwrite, Claims claims, Set<OpenOption> options)
            throws ImagingException {
        Path path = place.partial();
        claims.take(reference, path);
        try {
            LockedFile file = createLocked(reference, path, overwrite, options);
            PartialFile created = new PartialFile(place, file, overwrite, claims);
            created.refuseWhatIsWrittenInPlace(reference);
            return created;
        } catch (IOException e) {
            claims.giveUp(path);
            throw IoErrors.creating(reference, e);
        } catch (ImagingException | RuntimeException e) {
            claims.giveUp(path);
            throw e;
        }
    }

    private static LockedFile createLocked(String reference, Path path, boolean overwrite, Set<OpenOption> options)
            throws IOException, TargetException {
        Set<OpenOption> all = new HashSet<>(options);
        all.addAll(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            return LockedFile.open(reference, path, all);
        } catch (FileAlreadyExistsException e) {
            deleteLeftOver(reference, path, overwrite);
        }
        try {
            return LockedFile.open(reference, path, all);
        } catch (FileAlreadyExistsException e) {
            // another job was quicker to replace the left-over file
            throw LockedFile.busy(reference, path);
        }
    }

    /** Deletes a left-over file, never one that somebody writes or has just given its final name. */
    private static void deleteLeftOver(String reference, Path path, boolean overwrite) throws IOException, TargetException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // its job has just published or discarded it
            throw LockedFile.busy(reference, path);
        }
        refuseIrregular(reference, path, found);
        LockedFile leftOver = LockedFile.open(reference, path, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try (FileChannel channel = leftOver.channel()) {
            // The name may have gone to another file since it was looked at: then somebody is at work here.
            if (!leftOver.identity().equals(FileIdentity.of(found))) {
                throw LockedFile.busy(reference, path);
            }
            if (channel.size() > 0 && !overwrite) {
                throw new TargetException(reference, -1, "an unfinished image stands there already (\"" + path + "\")",
                        "go on with it (--resume), or replace it (--force)", null);
            }
            Files.delete(path);
        }
    }

    static void refuseIrregular(String reference, Path path, BasicFileAttributes found) throws TargetException {
        if (!found.isRegularFile()) {
            throw new TargetException(reference, -1, "\"" + path + "\" stands in the way and is not a regular file",
                    "remove it", null);
        }
    }

    /**
     * Fails if another process goes on with an image under its final name: replacing that would lose what it writes.
     * {@link Reopening} looks for a partial file when it has that lock, so one of the two sees the other.
     */
    private void refuseWhatIsWrittenInPlace(String reference) throws IOException, ImagingException {
        if (!place.taken()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(place.path(), StandardOpenOption.READ)) {
            if (LockedFile.tryLock(channel, true) == null) {
                throw LockedFile.busy(reference, place.path());
            }
        } catch (AccessDeniedException | NoSuchFileException e) {
            // may be replaced, but not read: not by this user's other jobs either; or was removed just now
            return;
        } catch (IOException | ImagingException | RuntimeException e) {
            discardAfter(e);
            throw e;
        }
    }

    private void discardAfter(Exception cause) {
        try {
            discard();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public LockedFile file() {
        return file;
    }

    @Override
    public Path path() {
        return published ? place.path() : place.partial();
    }

    /** Atomically; with {@code overwrite} in place of what stands there. */
    @Override
    public void publish() throws IOException {
        Path path = place.partial();
        Path target = place.path();
        boolean linked = !overwrite && link(path, target);
        if (overwrite) {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else if (!linked) {
            Files.move(path, target);
        }
        published = true;
        Directories.force(target.getParent());
        if (linked) {
            dropSecondName(path);
        }
        file.lock().release();
    }

    /** The image has its name by now. Whoever opens it next drops a second name that stayed, so that is no failure. */
    private static void dropSecondName(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return;
        }
    }

    /** Returns false where there are no hard links (FAT, some network shares). */
    private static boolean link(Path path, Path target) throws IOException {
        try {
            // rename() would silently replace a file that appeared meanwhile, link() does not
            Files.createLink(target, path);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        }
    }

    @Override
    public void discard() throws IOException {
        end(true);
    }

    /** {@inheritDoc} An empty one holds nothing to go on with and is removed. */
    @Override
    public void close() throws IOException {
        end(false);
    }

    private void end(boolean discard) throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (FileChannel channel = file.channel()) {
            if (!published && (discard || isEmpty(channel)) && isMine(channel)) {
                Files.deleteIfExists(place.partial());
            }
        } finally {
            claims.giveUp(place.partial());
        }
    }

    private static boolean isEmpty(FileChannel channel) {
        try {
            return channel.isOpen() && channel.size() == 0;
        } catch (IOException e) {
            // a file system that went away; what cannot be told stays
            return false;
        }
    }

    /** The lock keeps others from replacing the file; it is gone when the channel was closed by an interrupt. */
    private boolean isMine(FileChannel channel) throws IOException {
        return channel.isOpen() || file.identity().equals(FileIdentity.of(place.partial()));
    }
}
