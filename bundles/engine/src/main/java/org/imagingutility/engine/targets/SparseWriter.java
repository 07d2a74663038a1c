package org.imagingutility.engine.targets;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.ZeroTest;

/**
 * Leaves out what holds zeros of content that goes to a file that was just made, where all that is not written is zero already.
 * For one thread.
 */
public final class SparseWriter {
    /** Zeros are looked for in pieces of this many bytes; smaller ones are not worth a hole in a file. */
    private static final int GRANULE = 64 << 10;

    private final ZeroTest zeros = new ZeroTest();

    /** Creates it. */
    public SparseWriter() {
    }

    /** Where content is written to. */
    @FunctionalInterface
    public interface Target {
        /** Writes all that remains in {@code piece} to byte {@code offset}. */
        void write(long offset, ByteBuffer piece) throws ImagingException;
    }

    /**
     * Writes what remains in {@code content}, which is for byte {@code offset}, without pieces that hold zeros only.
     *
     * @return how many bytes were written
     */
    public long write(long offset, ByteBuffer content, Target target) throws ImagingException {
        int limit = content.limit();
        long base = offset - content.position();
        long written = 0;
        for (int begin = content.position(); begin < limit; ) {
            int end = granuleEnd(base, begin, limit);
            if (!isZero(content, begin, end)) {
                while (end < limit && !isZero(content, end, granuleEnd(base, end, limit))) {
                    end = granuleEnd(base, end, limit);
                }
                target.write(base + begin, content.limit(end).position(begin));
                written += end - begin;
            }
            content.limit(limit);
            begin = end;
        }
        content.position(limit);
        return written;
    }

    private static int granuleEnd(long base, int begin, int limit) {
        return (int) Math.min(limit, ((base + begin) / GRANULE + 1) * GRANULE - base);
    }

    private boolean isZero(ByteBuffer content, int begin, int end) {
        return zeros.isZero(content.duplicate().limit(end).position(begin));
    }
}
