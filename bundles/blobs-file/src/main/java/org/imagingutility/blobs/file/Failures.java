package org.imagingutility.blobs.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.file.io.SystemError;
import org.imagingutility.file.io.SystemErrors;

/** The errors of the operating system as those of a place for objects. */
final class Failures {
    private Failures() {
    }

    static BlobException of(String store, String key, String what, IOException e) {
        if (e instanceof NoSuchFileException) {
            return absent(store, key, e);
        }
        if (e instanceof FileAlreadyExistsException) {
            return new BlobException(store, key, Reason.EXISTS, "exists already", null, e);
        }
        if (e instanceof AccessDeniedException) {
            return new BlobException(store, key, Reason.DENIED, what + SystemErrors.text(e), "look at the rights of the folder", e);
        }
        if (e instanceof FolderPut.ReservedException) {
            return new BlobException(store, key, Reason.TRANSIENT, what + SystemErrors.text(e), "try again in a minute", e);
        }
        Optional<SystemError> known = SystemError.of(e);
        if (known.isPresent() && (known.get() == SystemError.NO_SPACE || known.get() == SystemError.QUOTA)) {
            return new BlobException(store, key, Reason.FULL, what + SystemErrors.text(e), "free space there, or use another place", e);
        }
        if (known.isPresent() && known.get() == SystemError.READ_ONLY) {
            return new BlobException(store, key, Reason.DENIED, what + SystemErrors.text(e), "mount the file system for writing", e);
        }
        return new BlobException(store, key, SystemErrors.mayPass(e) ? Reason.TRANSIENT : Reason.FAILED, what + SystemErrors.text(e), null, e);
    }

    static BlobException absent(String store, String key, IOException e) {
        return new BlobException(store, key, Reason.ABSENT, "there is no such object", null, e);
    }
}
