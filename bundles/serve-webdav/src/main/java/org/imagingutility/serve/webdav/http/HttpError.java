package org.imagingutility.serve.webdav.http;

import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.UsageException;

/** A request that is answered by an error, in words for people. */
public final class HttpError extends Exception {
    private static final long serialVersionUID = 1L;
    /** Codes of RFC 9110, section 15. */
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int NOT_ALLOWED = 405;
    public static final int TOO_LARGE = 413;
    public static final int MISDIRECTED = 421;
    public static final int INTERNAL = 500;
    public static final int UNAVAILABLE = 503;

    private final int status;

    /** Creates it. */
    public HttpError(int status, String text) {
        super(text);
        this.status = status;
    }

    private HttpError(int status, ImagingException cause) {
        super(cause.getMessage(), cause);
        this.status = status;
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /** Returns what an error of a volume means for who asked. */
    public static HttpError of(ImagingException error) {
        if (error instanceof UsageException) {
            return new HttpError(NOT_FOUND, error);
        } else if (error instanceof FileRefusedException) {
            return new HttpError(FORBIDDEN, error);
        } else if (error instanceof PluginGoneException || error instanceof PluginMissingException || error instanceof MemoryException) {
            return new HttpError(UNAVAILABLE, error);
        }
        return new HttpError(INTERNAL, error);
    }
}
