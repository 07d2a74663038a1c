package org.imagingutility.format.skz.write;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageOutput;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * The file that an image is written to, and what all of its structures need. For one thread.
 *
 * @param out writes the file from front to back
 * @param structures puts structures together
 * @param headerBytes the header as it stands in the file; not to be changed
 * @param header the header
 * @param imageId number of the image
 * @param gaps gap frames of the image
 * @param committer commits chunks; null in a file that is written in one pass
 */
public record WriteTarget(ImageOutput out, StructureWriter structures, ByteBuffer headerBytes, Header header,
        long imageId, GapFrames gaps,
        ChunkCommitter committer) implements AutoCloseable {

    /** Returns the target for an image that is written into {@code file} from byte {@code position} on. */
    public static WriteTarget of(ImageFile file, long position, ByteBuffer headerBytes, Header header, CodecLookup codecs) {
        return new WriteTarget(new ImageOutput(file, position), StructureWriter.direct(), headerBytes, header,
                SkzDigests.imageId(headerBytes), new GapFrames(codecs, file.reference(), header),
                header.streamed() ? null : new ChunkCommitter(file));
    }

    @Override
    public void close() {
        if (committer != null) {
            committer.close();
        }
    }
}
