package org.imagingutility.engine.repository.image;

import java.nio.ByteBuffer;

/** Gives a zstd frame other bytes with the same content: empty raw blocks behind its header (RFC 8878, 3.1.1.1 and 3.1.1.2). */
final class EmptyBlocks {
    private static final int BLOCK_HEADER = 3;
    private static final int DESCRIPTOR = 4;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};

    private EmptyBlocks() {
    }

    /** Returns {@code frame} with {@code count} of them; its position is left where it is. The result is off the heap. */
    static ByteBuffer in(ByteBuffer frame, int count) {
        int descriptor = frame.get(frame.position() + DESCRIPTOR);
        boolean single = (descriptor & 0x20) != 0;
        int contentSize = (descriptor & 0xC0) >>> 6;
        int header = DESCRIPTOR + 1 + (single ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3]
                + (single && contentSize == 0 ? 1 : CONTENT_SIZE_BYTES[contentSize]);
        ByteBuffer changed = ByteBuffer.allocateDirect(frame.remaining() + count * BLOCK_HEADER);
        changed.put(frame.slice(frame.position(), header));
        // a block header of zeros: not the last one, raw, of no bytes
        changed.position(changed.position() + count * BLOCK_HEADER);
        changed.put(frame.slice(frame.position() + header, frame.remaining() - header));
        return changed.flip();
    }
}
