package org.imagingutility.api.partition;

import java.nio.ByteBuffer;

/**
 * Bytes that are to stand at a place of a disk.
 *
 * @param offset first byte on the disk
 * @param bytes the bytes, from position to limit
 */
public record TableWrite(long offset, ByteBuffer bytes) {

    /** Keeps a view of the bytes that cannot be written to. */
    public TableWrite {
        bytes = bytes.slice().asReadOnlyBuffer();
    }

    /** Returns a view of its own of the bytes. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }
}
