package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/** Reads of small pieces of the file. */
final class Bytes {
    private Bytes() {
    }

    /** Returns {@code length} bytes from {@code offset} on, little-endian. */
    static ByteBuffer read(ImageFile file, long offset, int length) throws ImagingException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.read(offset, bytes);
        return bytes.flip();
    }
}
