package org.imagingutility.engine.files.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.engine.files.target.StagedFile;
import org.imagingutility.engine.progress.ProgressReporter;

/** Copies contents, by way of one buffer; what is a hole stays one. For one thread. */
final class ContentCopy {
    private static final int PIECE = 1 << 20;
    private final ProgressReporter progress;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);

    ContentCopy(ProgressReporter progress) {
        this.progress = progress;
    }

    /** Copies all of a content and returns how many bytes were written. */
    long copy(FileContent content, StagedFile file) throws ImagingException, IOException {
        long length = content.length();
        long written = 0;
        long end = 0;
        for (long at = 0; at < length;) {
            FileRange range = content.range(at, length - at);
            long behind = at + range.length();
            if (range.kind() != FileRange.Kind.DATA) {
                progress.done(range.length());
                at = behind;
                continue;
            }
            while (at < behind) {
                progress.checkpoint();
                int bytes = (int) Math.min(PIECE, behind - at);
                content.read(at, buffer.clear().limit(bytes));
                file.write(at, buffer.flip());
                progress.done(bytes);
                written += bytes;
                at += bytes;
            }
            end = behind;
        }
        if (end < length) {
            file.length(length);
        }
        return written;
    }

    /** Returns all of a small content. */
    static byte[] bytes(FileContent content) throws ImagingException {
        ByteBuffer all = ByteBuffer.allocate((int) content.length());
        content.read(0, all);
        return all.array();
    }
}
