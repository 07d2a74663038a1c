package org.imagingutility.command.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file or folder cannot be used, in words: many exceptions have nothing but its name for a message. */
public final class Reasons {
    private Reasons() {
    }

    /** Returns the reason without the name of the file. */
    public static String of(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (error instanceof AccessDeniedException) {
            return "not permitted";
        }
        if (error instanceof FileAlreadyExistsException || error instanceof NotDirectoryException) {
            return "something else than a folder stands there";
        }
        if (error instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return error.getMessage() == null || error.getMessage().isBlank() ? "the system gives no reason" : error.getMessage();
    }
}
