package org.imagingutility.engine.set.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/** SHA-256 of ranges of files. */
public final class FileHash {
    private FileHash() {
    }

    /** Returns the digest of {@code length} bytes from {@code offset} on; {@code progress} gets them if {@code count}. */
    public static Digest of(ImageFile file, long offset, long length, SetProgress progress, boolean count) throws ImagingException {
        MessageDigest sha256 = CopyBuffers.sha256();
        ByteBuffer block = CopyBuffers.allocate();
        for (long done = 0; done < length; ) {
            progress.checkpoint();
            int bytes = (int) Math.min(CopyBuffers.LENGTH, length - done);
            file.read(offset + done, block.clear().limit(bytes));
            sha256.update(block.flip());
            done += bytes;
            if (count) {
                progress.add(bytes);
            }
        }
        return CopyBuffers.value(sha256);
    }
}
