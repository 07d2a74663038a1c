package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.imagingutility.api.file.FileRights;

/**
 * Gives a file that was written as {@code NAME.partial} its name. Names can be moved by others at any time, and no call of POSIX
 * renames an open file; so the name is looked at before and after, and what is not the file that was written never ends as
 * success. For one thread.
 */
public final class PublishedName {
    /** What tests do at the moments when another process may be at work; nothing else. */
    interface Moments {
        /** The names were looked at, and are changed next. */
        default void checked() throws IOException {
        }
    }

    /** The name of the file that is written leads to another one. */
    public static final class ReplacedException extends FileSystemException {
        private static final long serialVersionUID = 1;

        ReplacedException(Path name, String reason) {
            super(name.toString(), null, reason);
        }
    }

    private final LockedFile file;
    private final Path partial;
    private final Path target;
    private final Moments moments;

    /** Prepares to give {@code file}, which stands as {@code partial}, the name {@code target} in the same folder. */
    public PublishedName(LockedFile file, Path partial, Path target) {
        this(file, partial, target, new Moments() {
        });
    }

    PublishedName(LockedFile file, Path partial, Path target, Moments moments) {
        this.file = file;
        this.partial = partial;
        this.target = target;
        this.moments = moments;
    }

    /**
     * Gives the file its name.
     *
     * @param overwrite whether what stands there is replaced
     * @return whether the file has its old name as well, which is to be dropped ({@link #dropPartial}) when the new one is on
     *         stable storage
     * @throws FileAlreadyExistsException if something stands there and is not to be replaced; it is still there
     * @throws ReplacedException if {@code partial} is another file; unless that happened in the last instant, nothing was done
     */
    public boolean give(boolean overwrite) throws IOException {
        requireName(partial);
        boolean linked = !overwrite && link();
        if (overwrite) {
            moments.checked();
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else if (!linked) {
            moveToPlaceHolder();
        }
        if (linked && !file.isNamed(target) && Files.isSameFile(partial, target)) {
            // another file was linked, which keeps the name it has
            Files.deleteIfExists(target);
        }
        requireName(target);
        return linked;
    }

    /** Takes the old name away if it leads to the file; it is no failure if that cannot be done. */
    public void dropPartial() {
        try {
            remove(file, partial);
        } catch (IOException e) {
            System.getLogger(PublishedName.class.getName()).log(System.Logger.Level.DEBUG,
                    "a second name stays, and is taken away by who opens the file next: " + partial, e);
        }
    }

    /** Removes {@code name} if it leads to {@code file}, and leaves any other file alone. */
    public static void remove(LockedFile file, Path name) throws IOException {
        if (file.isNamed(name)) {
            Files.deleteIfExists(name);
        }
    }

    private void requireName(Path name) throws IOException {
        require(file, name);
    }

    /**
     * Makes sure that a file which was written where it stands still stands there.
     *
     * @throws ReplacedException if {@code name} leads to another file, or to none
     */
    public static void require(LockedFile file, Path name) throws IOException {
        if (!file.isNamed(name)) {
            throw new ReplacedException(name, "\"" + name + "\" is another file than the one that was written here: something "
                    + "replaced or removed that while it was written" + file.handle().nameNow()
                    .map(now -> "; it is \"" + now + "\" now").orElse(", and it has no name any more"));
        }
    }

    /** rename() would silently replace a file that appeared meanwhile, link() does not. Returns false if nothing was done. */
    private boolean link() throws IOException {
        moments.checked();
        try {
            Files.createLink(target, partial);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // no hard links (FAT, some shares)
            return false;
        }
    }

    /** Makes the name, which fails if it is there, and replaces just what was made. */
    private void moveToPlaceHolder() throws IOException {
        FileIdentity made;
        try (FileChannel empty = FileChannel.open(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                FileRights.asked().ofFile(target))) {
            made = Handle.of(empty, target).map(Handle::identity)
                    .orElseThrow(() -> new FileAlreadyExistsException(target.toString()));
        }
        moments.checked();
        if (!made.equals(FileIdentity.of(target)) || Files.size(target) > 0) {
            throw new FileAlreadyExistsException(target.toString());
        }
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }
}
