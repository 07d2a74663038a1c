package org.imagingutility.engine.set;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/**
 * A piece of a disk and the open file it is stored in.
 *
 * @param file the file; not owned
 * @param fileOffset where the piece begins in it
 * @param offset where the piece begins on the disk
 * @param length bytes
 */
record StoredPiece(ImageFile file, long fileOffset, long offset, long length) {

    /** Reads {@code target.remaining()} bytes from byte {@code from} of the disk on, which the piece has. */
    void read(long from, ByteBuffer target) throws ImagingException {
        file.read(fileOffset + (from - offset), target);
    }
}
