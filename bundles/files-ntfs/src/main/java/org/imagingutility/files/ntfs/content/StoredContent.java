package org.imagingutility.files.ntfs.content;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.fs.ntfs.structure.Place;

/** What all contents have in common: ranges are checked, and nothing is read once it is closed. For one thread. */
public abstract class StoredContent implements FileContent {
    private static final byte[] ZEROS = new byte[8192];

    private final long length;
    private boolean closed;

    /** Creates a content of {@code length} bytes. */
    protected StoredContent(long length) {
        this.length = length;
    }

    @Override
    public final long length() {
        return length;
    }

    @Override
    public final void read(long offset, ByteBuffer target) throws ImagingException {
        requireOpen();
        if (offset < 0 || offset > length - target.remaining()) {
            throw new IllegalArgumentException("bytes " + offset + "+" + target.remaining() + " of a content of " + length);
        }
        if (target.hasRemaining()) {
            fill(offset, target);
        }
    }

    @Override
    public final FileRange range(long offset, long limit) throws ImagingException {
        requireOpen();
        if (offset < 0 || offset >= length || limit < 1) {
            throw new IllegalArgumentException("a range at " + offset + ", limit " + limit + ", of a content of " + length);
        }
        return look(offset, Math.min(limit, length - offset));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the content is closed");
        }
    }

    /** Fills the target, which has room for a byte at least, with the bytes from {@code offset} on, which are there. */
    protected abstract void fill(long offset, ByteBuffer target) throws ImagingException;

    /** Says what the bytes from {@code offset} on are, {@code limit} of them at most, which are there. */
    protected FileRange look(long offset, long limit) throws ImagingException {
        return new FileRange(limit, FileRange.Kind.DATA);
    }

    /** Returns the place of the byte at {@code position}, or of what tells of it where it is stored nowhere. */
    public abstract Place place(long position);

    /** Puts {@code count} zeros. */
    static void zeros(ByteBuffer target, long count) {
        for (long left = count; left > 0;) {
            int part = (int) Math.min(left, ZEROS.length);
            target.put(ZEROS, 0, part);
            left -= part;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
