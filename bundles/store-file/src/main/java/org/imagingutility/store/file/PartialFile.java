package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.Directories;
import org.imagingutility.file.io.LockedFile;
import org.imagingutility.file.io.PartialFiles;
import org.imagingutility.file.io.PublishedName;
import org.imagingutility.file.io.RegularFiles;

/** An image that is written as {@code NAME.partial}, and gets its name when it is published. */
final class PartialFile implements TargetFile {
    private final ImagePlace place;
    private final LockedFile file;
    private final boolean overwrite;
    private final Claims claims;
    /** Kept, so that the name can be given up when there is no memory to make it. */
    private final Path partial;
    private boolean published;
    private boolean closed;

    /** {@code claims} has taken the partial name; it is given up when the file is closed. */
    PartialFile(ImagePlace place, LockedFile file, boolean overwrite, Claims claims) {
        this.place = place;
        this.file = file;
        this.overwrite = overwrite;
        this.claims = claims;
        this.partial = place.partial();
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
        PartialFile created = claimed(reference, place, overwrite, claims, options);
        try {
            created.refuseWhatIsWrittenInPlace(reference);
            return created;
        } catch (IOException e) {
            throw IoErrors.creating(reference, e);
        }
    }

    private static PartialFile claimed(String reference, ImagePlace place, boolean overwrite, Claims claims, Set<OpenOption> options)
            throws ImagingException {
        Path path = place.partial();
        claims.take(reference, path);
        LockedFile file = null;
        try {
            file = PartialFiles.create(reference, path, leftOver -> refuseUnfinished(reference, path, leftOver, overwrite), options);
            return new PartialFile(place, file, overwrite, claims);
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

    private static void refuseUnfinished(String reference, Path path, FileChannel leftOver, boolean overwrite)
            throws IOException, TargetException {
        if (leftOver.size() > 0 && !overwrite) {
            throw new TargetException(reference, -1, "an unfinished image stands there already (\"" + path + "\")",
                    "if image or backup-disk was interrupted there, the same command with --resume continues it; --force"
                            + " replaces it", null);
        }
    }

    /**
     * Fails if another process resumes an image under its final name: replacing that would lose what it writes.
     * {@link Reopening} looks for a partial file when it has that lock, so one of the two sees the other.
     */
    private void refuseWhatIsWrittenInPlace(String reference) throws IOException, ImagingException {
        if (!place.taken()) {
            return;
        }
        try (FileChannel channel = RegularFiles.open(place.path(), StandardOpenOption.READ)) {
            if (LockedFile.tryLock(channel, true) == null) {
                throw LockedFile.busy(reference, place.path());
            }
        } catch (AccessDeniedException | NoSuchFileException e) {
            // may be replaced, but not read: not by this user's other jobs either; or was removed just now
            return;
        } catch (IOException | ImagingException | RuntimeException | Error e) {
            discardAfter(e);
            throw e;
        }
    }

    private void discardAfter(Throwable cause) {
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
        return published ? place.path() : partial;
    }

    /** Atomically, and only the file that was written; with {@code overwrite} in place of what stands there. */
    @Override
    public void publish() throws IOException {
        PublishedName name = new PublishedName(file, partial, place.path());
        boolean linked = name.give(overwrite);
        published = true;
        Directories.force(place.path().getParent());
        if (linked) {
            name.dropPartial();
        }
        file.lock().release();
    }

    @Override
    public void discard() throws IOException {
        end(true);
    }

    /** {@inheritDoc} An empty one holds nothing to resume and is removed. */
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
            if (!published && (discard || isEmpty(channel))) {
                PublishedName.remove(file, partial);
            }
        } finally {
            claims.giveUp(partial);
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
}
