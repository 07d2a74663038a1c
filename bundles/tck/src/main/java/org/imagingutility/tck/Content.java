package org.imagingutility.tck;

import java.nio.ByteBuffer;
import java.util.Random;

/** Test content and the buffers to move it in. */
public final class Content {
    private static final int ALIGNMENT = 4096;

    private Content() {
    }

    /** Returns a direct buffer with {@code length} bytes remaining, whose position is aligned as devices demand. */
    public static ByteBuffer aligned(int length) {
        return ByteBuffer.allocateDirect(length + 2 * ALIGNMENT).alignedSlice(ALIGNMENT).limit(length);
    }

    /** Returns an aligned direct buffer with a copy of {@code bytes} remaining. */
    public static ByteBuffer aligned(byte[] bytes) {
        return aligned(bytes.length).put(bytes).flip();
    }

    /** Returns a copy of what remains in {@code buffer}, whose position stays where it is. */
    public static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Returns bytes that no codec can make smaller; the same for the same seed. */
    public static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Returns bytes with some repetition in them; the same for the same seed. */
    public static byte[] text(int length, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i >= 32 && random.nextInt(16) != 0 ? bytes[i - 32] : 'a' + random.nextInt(26));
        }
        return bytes;
    }
}
