package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.imagingutility.api.error.TargetException;

/** Files that are written as {@code NAME.partial} and get their name when they are complete. */
public final class PartialFiles {
    private static final String SUFFIX = ".partial";

    private PartialFiles() {
    }

    /** Decides about a file that an earlier job left. */
    @FunctionalInterface
    public interface LeftOver {
        /**
         * Returns if the file may be deleted.
         *
         * @param file the file, open and locked
         * @throws TargetException if it may not
         */
        void mayGo(FileChannel file) throws IOException, TargetException;
    }

    /** Returns the name under which {@code target} is written until it is complete. */
    public static Path beside(Path target) {
        return NativeNames.append(target, SUFFIX);
    }

    /**
     * Makes a partial file, locked. One that is left over, which nobody has locked, is replaced if it may be.
     *
     * @param reference name of the target for messages
     * @param path name of the partial file
     * @param leftOver decides about a left-over one
     * @param options how it is opened, besides being created, read and written
     * @throws TargetException if another job writes it, or what stands there may not be replaced
     */
    public static LockedFile create(String reference, Path path, LeftOver leftOver, Set<OpenOption> options)
            throws IOException, TargetException {
        Set<OpenOption> all = new HashSet<>(options);
        all.addAll(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            return LockedFile.open(reference, path, all);
        } catch (FileAlreadyExistsException e) {
            delete(reference, path, leftOver);
        }
        try {
            return LockedFile.open(reference, path, all);
        } catch (FileAlreadyExistsException e) {
            // another job was quicker to replace the left-over file
            throw LockedFile.busy(reference, path);
        }
    }

    /** Deletes a left-over file, never one that somebody writes or has just given its final name. */
    private static void delete(String reference, Path path, LeftOver leftOver) throws IOException, TargetException {
        FileIdentity looked;
        BasicFileAttributes found;
        try {
            looked = FileIdentity.of(path);
            found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // its job has just published or discarded it
            throw LockedFile.busy(reference, path);
        }
        refuseIrregular(reference, path, found);
        LockedFile file = LockedFile.open(reference, path, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try (FileChannel channel = file.channel()) {
            // The name may have gone to another file since it was looked at: then somebody is at work here.
            if (!file.identity().equals(looked)) {
                throw LockedFile.busy(reference, path);
            }
            leftOver.mayGo(channel);
            PublishedName.remove(file, path);
        }
    }

    /** Fails if what stands under the partial name is no file. */
    public static void refuseIrregular(String reference, Path path, BasicFileAttributes found) throws TargetException {
        if (!found.isRegularFile()) {
            throw new TargetException(reference, -1, "\"" + path + "\" stands in the way and is not a regular file",
                    "remove it", null);
        }
    }
}
