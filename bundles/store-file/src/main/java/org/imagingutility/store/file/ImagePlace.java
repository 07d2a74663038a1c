package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.file.io.Ownership;
import org.imagingutility.file.io.PartialFiles;

/**
 * Where an image stands or will stand.
 *
 * @param path absolute, without symbolic links
 * @param taken whether a regular file stands there
 */
record ImagePlace(Path path, boolean taken) {
    private static final String USE_FORCE = "use --force to replace it";

    /** Returns the name an image has until it is published. */
    Path partial() {
        return partial(path);
    }

    static Path partial(Path path) {
        return PartialFiles.beside(path);
    }

    /** Finds the place for a new image; {@code overwrite} says whether a regular file that stands there may be replaced. */
    static ImagePlace toCreate(String reference, boolean overwrite) throws ImagingException {
        try {
            ImagePlace place = find(reference, false);
            if (place.taken && !overwrite) {
                throw refused(reference, "exists already", USE_FORCE);
            }
            return place;
        } catch (IOException e) {
            throw IoErrors.creating(reference, e);
        }
    }

    /** Finds the place of an image that was begun. A folder that is not there may be a share or medium that comes back. */
    static ImagePlace toReopen(String reference) throws ImagingException {
        try {
            return find(reference, true);
        } catch (IOException e) {
            throw IoErrors.reopening(reference, e);
        }
    }

    /** Returns what stands under {@code path}, which may be nothing; other than {@link Files#exists}, an error is none. */
    static Optional<BasicFileAttributes> attributes(Path path, LinkOption... options) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, options));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static ImagePlace find(String reference, boolean folderMayComeBack) throws IOException, TargetException {
        Path path;
        try {
            path = FilePaths.of(reference).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new TargetException(reference, -1, "is not a path: " + e.getReason(), null, e);
        }
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw refused(reference, path.getRoot() == null ? "names no file" : "is a directory", "add a file name");
        }
        Optional<BasicFileAttributes> folder = attributes(parent);
        if (folder.isEmpty()) {
            throw new TargetException(reference, -1, "the directory \"" + parent + "\" does not exist", "create it first",
                    null, folderMayComeBack);
        }
        if (!folder.get().isDirectory()) {
            throw refused(reference, "\"" + parent + "\" is not a directory", null);
        }
        Ownership.requireOwnLink(reference, path);
        Optional<BasicFileAttributes> existing = attributes(path);
        if (existing.isEmpty()) {
            if (Files.isSymbolicLink(path)) {
                throw refused(reference, "is a symbolic link to \"" + Files.readSymbolicLink(path)
                        + "\", which does not exist", "name the file itself");
            }
            return new ImagePlace(parent.toRealPath().resolve(name), false);
        }
        if (existing.get().isDirectory()) {
            throw refused(reference, "is a directory", "add a file name");
        }
        if (!existing.get().isRegularFile()) {
            throw refused(reference, "exists and is not a regular file: an image cannot be written to a device, pipe or socket",
                    null);
        }
        return new ImagePlace(path.toRealPath(), true);
    }

    private static TargetException refused(String reference, String reason, String remedy) {
        return new TargetException(reference, -1, reason, remedy, null);
    }
}
