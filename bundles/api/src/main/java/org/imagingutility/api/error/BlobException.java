package org.imagingutility.api.error;

import java.util.Objects;

/** A place for objects cannot do what it was asked for. */
public final class BlobException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String store;
    private final String key;
    private final Reason reason;

    /** What a caller can tell apart. */
    public enum Reason {
        /** There is no object of that key. */
        ABSENT,
        /** There is one already. */
        EXISTS,
        /** The same may succeed a while later: the connection broke, the place is busy, a share or medium went away. */
        TRANSIENT,
        /** The place does not allow it: rights, credentials, a lock that keeps objects for a time. */
        DENIED,
        /** No room is left, or a quota is used up. */
        FULL,
        /** Anything else: the place fails for good, or is none. */
        FAILED
    }

    /**
     * Creates the error.
     *
     * @param store reference of the place
     * @param key key of the object, or an empty text if it is about the place as a whole
     * @param text what was found
     * @param remedy what the user can do; may be null
     * @param cause may be null
     */
    public BlobException(String store, String key, Reason reason, String text, String remedy, Throwable cause) {
        super("\"" + store + "\"" + (key.isEmpty() ? "" : ", object \"" + key + "\"") + ": " + text, remedy, cause);
        this.store = store;
        this.key = key;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns the reference of the place. */
    public String store() {
        return store;
    }

    /** Returns the key of the object, or an empty text. */
    public String key() {
        return key;
    }

    /** Returns the kind of error. */
    public Reason reason() {
        return reason;
    }
}
