package org.imagingutility.files.ntfs.reparse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.files.ntfs.content.Contents;
import org.imagingutility.files.ntfs.content.StoredContent;
import org.imagingutility.files.ntfs.record.FileRecord;
import org.imagingutility.fs.ntfs.structure.Attribute;

/**
 * Symbolic links as Interix (Services for UNIX) made them, and ntfs-3g does still unless told otherwise: files with the flag "system",
 * whose content is eight bytes that say so and the path in UTF-16 ({@code INTX_FILE} in {@code layout.h} of ntfs-3g).
 */
public final class InterixLink {
    private static final byte[] MAGIC = {'I', 'n', 't', 'x', 'L', 'N', 'K', 1};
    private static final int MAX_PATH = 4096;

    private InterixLink() {
    }

    /** Returns where the file leads, if it is such a link. */
    public static Optional<LinkTarget> of(FileRecord file, Contents contents) throws ImagingException {
        Optional<Attribute> data = file.find(Attribute.DATA, "");
        long size = data.map(Contents::size).orElse(0L);
        if (size <= MAGIC.length || size > MAGIC.length + Character.BYTES * MAX_PATH || size % Character.BYTES != 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) size];
        try {
            StoredContent stored = contents.open(file, data.orElseThrow());
            stored.read(0, ByteBuffer.wrap(bytes));
        } catch (FileRefusedException encrypted) {
            return Optional.empty();
        }
        return Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                ? Optional.of(new LinkTarget(FileName.utf16(Arrays.copyOfRange(bytes, MAGIC.length, bytes.length)))) : Optional.empty();
    }
}
