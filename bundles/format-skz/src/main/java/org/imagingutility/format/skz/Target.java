package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.store.ImageFile;

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
record Target(ImageOutput out, StructureWriter structures, ByteBuffer headerBytes, Header header, long imageId, Gaps gaps,
        Committer committer) implements AutoCloseable {

    /** Returns the target for an image that is written into {@code file} from byte {@code position} on. */
    static Target of(ImageFile file, long position, ByteBuffer headerBytes, Header header, CodecLookup codecs) {
        return new Target(new ImageOutput(file, position), StructureWriter.direct(), headerBytes, header,
                SkzDigests.imageId(headerBytes), new Gaps(codecs, file.reference(), header),
                header.streamed() ? null : new Committer(file));
    }

    @Override
    public void close() {
        if (committer != null) {
            committer.close();
        }
    }
}
