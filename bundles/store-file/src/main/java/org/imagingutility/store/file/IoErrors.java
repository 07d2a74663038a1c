package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;

/** Words for the errors of the operating system. */
final class IoErrors {
    private IoErrors() {
    }

    static ImagingException opening(String reference, IOException e) {
        return e instanceof AccessDeniedException
                ? new NotPermittedException(reference, "may not be read", "ask for read access to the file", e)
                : new ImageReadException(reference, -1, "cannot be opened: " + text(e), e);
    }

    static ImagingException creating(String reference, IOException e) {
        return e instanceof AccessDeniedException
                ? new NotPermittedException(reference, "may not be created", "ask for write access to the directory", e)
                : new TargetException(reference, -1, "cannot be created: " + text(e), remedy(e), e);
    }

    static ImageReadException reading(String reference, long offset, IOException e) {
        return new ImageReadException(reference, offset, "cannot be read: " + text(e), e);
    }

    /** {@code offset} is the first byte that was not written, or -1. */
    static TargetException writing(String reference, long offset, IOException e) {
        return new TargetException(reference, offset, "cannot be written: " + text(e), remedy(e), e);
    }

    static String text(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return "its thread was interrupted";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no \"" + e.getMessage() + "\"";
        }
        if (e instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** By the words of Linux (strerror) and Windows (FormatMessage): Java has no other sign of the cause. */
    private static String remedy(IOException e) {
        String text = text(e).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("not enough space")) {
            return "free space there, or choose another target";
        }
        if (text.contains("quota")) {
            return "the user's quota is used up: free space there, or choose another target";
        }
        if (text.contains("read-only file system") || text.contains("write protected")) {
            return "mount the file system for writing, or choose another target";
        }
        if (text.contains("file too large")) {
            return "the file system cannot hold so large a file (FAT32: 4 GiB): choose another target";
        }
        if (text.contains("input/output error") || text.contains("i/o device error")) {
            return "the target's medium or connection fails: look at the system log, choose another target";
        }
        return null;
    }
}
