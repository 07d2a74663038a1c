package org.imagingutility.file.io.windows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.imagingutility.file.io.system.CodedError;

/** What Windows answered to a call that failed. */
final class WindowsException extends FileSystemException implements CodedError {
    private static final long serialVersionUID = 1;
    /** ERROR_INTERNAL_ERROR, for a call that failed and left no error. */
    static final int UNKNOWN = 1359;
    private static final int ERROR_FILE_NOT_FOUND = 2;
    private static final int ERROR_PATH_NOT_FOUND = 3;
    private static final int ERROR_ACCESS_DENIED = 5;

    private final int code;

    private WindowsException(String file, int code, String text) {
        super(file, null, text);
        this.code = code;
    }

    /** Returns the exception that Java has for an error, else one of this class. */
    static IOException of(String file, int code, Kernel32 calls) {
        return switch (code) {
            case ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND -> new NoSuchFileException(file);
            case ERROR_ACCESS_DENIED -> new AccessDeniedException(file);
            default -> {
                String text = calls.text(code);
                yield new WindowsException(file, code, (text == null ? "it failed" : text) + " (error " + code + ")");
            }
        };
    }

    @Override
    public int code() {
        return code;
    }
}
