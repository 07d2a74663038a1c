package org.imagingutility.engine.files.extract;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.engine.repository.image.ImageReference;
import org.imagingutility.engine.source.PartitionReference;

/**
 * Where what is read lies in the folder that is written into, if it lies there: a file of the volume that has the name of the image must not
 * take its place.
 *
 * @param path the names that lead to it from the folder on, joined with slashes; empty for the folder itself
 * @param folder whether it is a folder, a set or a repository, all of which is read
 */
record SourcePlace(String path, boolean folder) {

    /**
     * Returns the place of what is read.
     *
     * @param source how the user named it
     * @param target the folder that is written into
     * @return empty if it lies elsewhere, or is no file of this system
     */
    static Optional<SourcePlace> of(String source, Path target) throws IOException {
        Optional<Path> named = path(source);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Path real = named.get().toRealPath();
        Path root = target.toRealPath();
        return real.startsWith(root) ? Optional.of(new SourcePlace(root.relativize(real).toString().replace(File.separatorChar, '/'),
                Files.isDirectory(real))) : Optional.empty();
    }

    private static Optional<Path> path(String source) {
        String whole = PartitionReference.of(source).map(PartitionReference::disk).orElse(source);
        return existing(whole).or(() -> ImageReference.of(whole).flatMap(image -> existing(image.repository())));
    }

    private static Optional<Path> existing(String name) {
        try {
            return Optional.of(FilePaths.of(name)).filter(Files::exists);
        } catch (InvalidPathException e) {
            // what is no path names no file
            return Optional.empty();
        }
    }

    /** Says whether something with that path would stand in its place, or in that of a part of it. */
    boolean isAt(String other, boolean caseSensitive) {
        int length = path.length();
        boolean begins = other.regionMatches(!caseSensitive, 0, path, 0, length);
        return begins && (other.length() == length || folder && (length == 0 || other.charAt(length) == '/'));
    }
}
