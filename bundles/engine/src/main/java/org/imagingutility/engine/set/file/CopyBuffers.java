package org.imagingutility.engine.set.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.imagingutility.api.Digest;

/** Buffers and digests for what is read and written as it is. */
public final class CopyBuffers {
    /** Bytes that are read and written at a time; a multiple of every sector size. */
    public static final int LENGTH = 1 << 20;
    private static final int PAGE = 4096;

    private CopyBuffers() {
    }

    /** Returns a direct buffer of {@link #LENGTH} bytes at an address that devices take. */
    public static ByteBuffer allocate() {
        return ByteBuffer.allocateDirect(LENGTH + PAGE).alignedSlice(PAGE).limit(LENGTH);
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static Digest value(MessageDigest digest) {
        return Digest.of(digest.digest());
    }

    /** Says whether all that remains is zero; position and limit stay. */
    public static boolean isZero(ByteBuffer bytes) {
        int position = bytes.position();
        for (; position + Long.BYTES <= bytes.limit(); position += Long.BYTES) {
            if (bytes.getLong(position) != 0) {
                return false;
            }
        }
        for (; position < bytes.limit(); position++) {
            if (bytes.get(position) != 0) {
                return false;
            }
        }
        return true;
    }
}
