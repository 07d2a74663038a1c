package org.imagingutility.format.skz.file;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/** Writes a file from front to back and knows how far it is. For one thread. */
public final class ImageOutput {
    private static final int ZEROS = 64 << 10;

    private final ImageFile file;
    private ByteBuffer scratch = ByteBuffer.allocateDirect(0);
    private long position;

    /** Continues at byte {@code position} of {@code file}. */
    public ImageOutput(ImageFile file, long position) {
        this.file = file;
        this.position = position;
    }

    /** Returns the file. */
    public ImageFile file() {
        return file;
    }

    /** Returns where the next byte goes. */
    public long position() {
        return position;
    }

    /** Writes the remaining bytes and moves the position behind them. */
    public void write(ByteBuffer bytes) throws ImagingException {
        int count = bytes.remaining();
        file.write(position, bytes);
        position += count;
    }

    /** Returns a direct buffer with room for {@code capacity} bytes of any value; the one returned before becomes invalid. */
    ByteBuffer scratch(int capacity) {
        if (scratch.capacity() < capacity) {
            scratch = ByteBuffer.allocateDirect(capacity);
        }
        return scratch.clear().limit(capacity);
    }

    /** Writes {@code count} bytes of zero. */
    public void writeZeros(long count) throws ImagingException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, count));
        for (long left = count; left > 0; left -= zeros.limit()) {
            write(zeros.clear().limit((int) Math.min(zeros.capacity(), left)));
        }
    }
}
