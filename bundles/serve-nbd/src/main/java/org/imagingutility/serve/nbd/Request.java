package org.imagingutility.serve.nbd;

import java.nio.ByteBuffer;

/**
 * A request ("Request message").
 *
 * @param flags command flags
 * @param type what is asked for
 * @param cookie what the client knows the reply by
 * @param offset first byte; unsigned, so a negative number is behind any device
 * @param length bytes, from 0 to 2^32 - 1
 */
record Request(int flags, int type, long cookie, long offset, long length) {
    /** Bytes of a request without its data. */
    static final int LENGTH = 28;

    /** Reads a request behind its magic number. */
    static Request of(ByteBuffer head) {
        return new Request(Short.toUnsignedInt(head.getShort()), Short.toUnsignedInt(head.getShort()), head.getLong(), head.getLong(),
                Integer.toUnsignedLong(head.getInt()));
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Says whether the range is one of a device of {@code deviceLength} bytes, and not empty. */
    boolean isInside(long deviceLength) {
        return length > 0 && offset >= 0 && offset <= deviceLength && length <= deviceLength - offset;
    }
}
