package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.file.io.SystemErrors;

/** The errors of the operating system as those of an image. */
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
                : failed(reference, -1, "cannot be created: ", e);
    }

    static ImagingException reopening(String reference, IOException e) {
        return e instanceof AccessDeniedException
                ? new NotPermittedException(reference, "may not be written", "ask for write access to the file", e)
                : failed(reference, -1, "cannot be opened for writing: ", e);
    }

    static ImageReadException reading(String reference, long offset, IOException e) {
        return new ImageReadException(reference, offset, "cannot be read: " + text(e), e);
    }

    /** {@code offset} is the first byte that was not written, or -1. */
    static TargetException writing(String reference, long offset, IOException e) {
        return failed(reference, offset, "cannot be written: ", e);
    }

    private static TargetException failed(String reference, long offset, String what, IOException e) {
        return SystemErrors.target(reference, offset, what, e, mayPass(e));
    }

    static String text(IOException e) {
        return SystemErrors.text(e);
    }

    /** Says whether the same may succeed a while later. */
    static boolean mayPass(IOException e) {
        // what was opened or made just now, or its folder, and is not there: the file system is another one or gone
        return e instanceof NoSuchFileException || SystemErrors.mayPass(e);
    }
}
