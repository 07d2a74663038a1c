package org.imagingutility.allocator.ext.inode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.allocator.ext.journal.JournaledBlocks;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.layout.Geometry;

/** Reads blocks as they are on the volume and as the journal will write them. For one thread. */
final class BlockVersions {
    /** Most copies of one block that are looked at, for memory's sake; those in the journal first. */
    static final int MAX_COPIES = 64;

    private final AlignedReader reader;
    private final Geometry geometry;
    private final JournaledBlocks journaled;

    /** Creates a reader of blocks; {@code reader} is this object's alone. */
    BlockVersions(AlignedReader reader, Geometry geometry, JournaledBlocks journaled) {
        this.reader = reader;
        this.geometry = geometry;
        this.journaled = journaled;
    }

    /** Returns the copies of {@code block} in the journal, each in a buffer of its own, little endian; mostly none. */
    List<ByteBuffer> journaled(long block) throws ImagingException {
        int at = journaled.firstOf(block);
        if (at >= journaled.count() || journaled.get(at).target() != block) {
            return List.of();
        }
        List<ByteBuffer> copies = new ArrayList<>();
        while (at < journaled.count() && journaled.get(at).target() == block && copies.size() < MAX_COPIES) {
            copies.add(read(journaled.get(at++).copy()));
        }
        return copies;
    }

    /** Returns all versions of {@code block}, the one on the volume last. */
    List<ByteBuffer> all(long block) throws ImagingException {
        List<ByteBuffer> versions = new ArrayList<>(journaled(block));
        versions.add(read(block));
        return versions;
    }

    private ByteBuffer read(long block) throws ImagingException {
        return ByteBuffer.allocate(geometry.blockSize()).put(reader.read(geometry.offset(block), geometry.blockSize()))
                .flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
