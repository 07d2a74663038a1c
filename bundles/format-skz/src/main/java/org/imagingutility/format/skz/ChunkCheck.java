package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;

/**
 * Checks a chunk whose table holds: everything else but the stored bytes of its frames is computed again from the table
 * and compared with the file, byte by byte. For one thread.
 */
final class ChunkCheck {
    private final OpenImage image;
    private final Comparison comparison;
    private final StructureWriter structures = StructureWriter.onHeap();

    ChunkCheck(OpenImage image, Consumer<Damage> damages) {
        this.image = image;
        this.comparison = new Comparison(image.in(), image.gaps(), damages);
    }

    void run(ChunkTable table) throws ImagingException {
        ChunkInfo chunk = table.chunk();
        ImageSpec spec = image.header().spec();
        IndexSlot slot = image.slots().get(chunk.chunkIndex());
        String name = "chunk " + chunk.chunkIndex();
        ChunkDescription description = new ChunkDescription(chunk.chunkIndex(), chunk.deviceOffset(),
                chunk.deviceLength(), chunk.codecWireId(), slot.level(), table.extents(), spec.frameSize());
        ByteBuffer head = ChunkHead.encode(description, image.footer().imageId(), structures);
        comparison.bytes(chunk.fileOffset(), head, "head of " + name);
        long position = chunk.fileOffset() + head.limit();
        long deviceEnd = image.deviceEndBefore(chunk.chunkIndex());
        for (FrameEntry entry : table.frames()) {
            long start = entry.frame().frameIndex() * spec.frameSize();
            long headOffset = entry.fileOffset() - FrameHead.LENGTH;
            long gapEnd = headOffset - Unreadable.length(entry.frame().unreadable().count());
            String frame = "frame " + entry.frame().frameIndex();
            comparison.gap(chunk.codecWireId(), start - deviceEnd, position, gapEnd, "gap before " + frame);
            if (gapEnd < headOffset) {
                comparison.bytes(gapEnd, Unreadable.encode(entry.frame(), spec.frameSize(), image.footer().imageId(),
                        structures), "unreadable ranges of " + frame);
            }
            comparison.bytes(headOffset, FrameHead.encode(entry.frame(), image.footer().imageId(), structures),
                    "head of " + frame);
            position = entry.fileOffset() + entry.frame().storedLength();
            deviceEnd = start + entry.frame().contentLength();
        }
        comparison.gap(chunk.codecWireId(), slot.deviceEnd() - deviceEnd, position, slot.tableFileOffset(),
                "gap at the end of " + name);
    }
}
