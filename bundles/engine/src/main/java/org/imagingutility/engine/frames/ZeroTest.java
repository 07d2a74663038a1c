package org.imagingutility.engine.frames;

import java.nio.ByteBuffer;

/** Tells whether a buffer holds zeros only; stops at the first byte that is not. Used by several threads at once. */
public final class ZeroTest {
    private static final int BLOCK = 64 << 10;

    private final ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    /** Says whether all that remains in {@code content} is zero; position and limit stay as they are. */
    public boolean isZero(ByteBuffer content) {
        ByteBuffer rest = content.duplicate();
        ByteBuffer block = zeros.duplicate();
        while (rest.hasRemaining()) {
            int bytes = Math.min(BLOCK, rest.remaining());
            int end = rest.position() + bytes;
            int limit = rest.limit();
            rest.limit(end);
            block.position(0).limit(bytes);
            if (rest.mismatch(block) >= 0) {
                return false;
            }
            rest.limit(limit).position(end);
        }
        return true;
    }
}
