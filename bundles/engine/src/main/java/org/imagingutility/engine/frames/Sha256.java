package org.imagingutility.engine.frames;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.imagingutility.api.Digest;

/**
 * SHA-256 of direct buffers. Copies through an array of its own: the JDK would do so too, in pieces of 4 KiB, each
 * with a call into the digest. For one thread.
 */
public final class Sha256 {
    private final MessageDigest digest = create();
    private final byte[] block = new byte[32 << 10];

    /** Returns the digest of what remains in {@code content}; its position and limit stay. */
    public Digest of(ByteBuffer content) {
        int position = content.position();
        while (position < content.limit()) {
            int bytes = Math.min(block.length, content.limit() - position);
            content.get(position, block, 0, bytes);
            digest.update(block, 0, bytes);
            position += bytes;
        }
        return Digest.of(digest.digest());
    }

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
