package org.imagingutility.engine.set.check;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;

/**
 * A piece of a disk and where it is stored.
 *
 * @param store what holds it; not owned
 * @param at where the piece begins in that
 * @param offset where the piece begins on the disk
 * @param length bytes
 */
public record StoredPiece(Store store, long at, long offset, long length) {

    /** Something that holds bytes. */
    @FunctionalInterface
    interface Store {
        /** Reads {@code target.remaining()} bytes from byte {@code at} on. */
        void read(long at, ByteBuffer target) throws ImagingException;
    }

    /** Reads {@code target.remaining()} bytes from byte {@code from} of the disk on, which the piece has. */
    void read(long from, ByteBuffer target) throws ImagingException {
        store.read(at + (from - offset), target);
    }
}
