package org.imagingutility.command.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import org.imagingutility.api.file.FilePaths;

/** What a command for sets was given: a folder, or an image of a disk in a repository, {@code REPOSITORY#NAME}. */
public final class SetPlace {
    private SetPlace() {
    }

    /** Says whether it is an image: it has the form of one, and no file or folder has that very name. */
    public static boolean isImage(String reference) {
        if (reference.lastIndexOf('#') < 1) {
            return false;
        }
        try {
            return !Files.exists(FilePaths.of(reference));
        } catch (InvalidPathException e) {
            // no path, so no folder: s3://BUCKET/PREFIX#NAME on Windows
            return true;
        }
    }
}
