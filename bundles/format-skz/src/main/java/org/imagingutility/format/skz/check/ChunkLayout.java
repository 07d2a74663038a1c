package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.ChunkHead;
import org.imagingutility.format.skz.layout.ChunkTableStructure;
import org.imagingutility.format.skz.layout.FrameHead;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.UnreadableRanges;
import org.imagingutility.format.skz.structure.StructureWriter;

/** Goes through the parts of a chunk of which everything is known but the stored bytes of its frames. For one thread. */
public final class ChunkLayout {
    private final KnownImage image;
    private final StructureWriter structures = StructureWriter.onHeap();

    /** Creates a layout of chunks of {@code image}. */
    public ChunkLayout(KnownImage image) {
        this.image = image;
    }

    /**
     * Shows the parts of the chunk of {@code slot}, whose table was read and holds.
     *
     * @param deviceEndBefore where the chunk before it ends on the device
     */
    public void visit(IndexSlot slot, ChunkTable table, long deviceEndBefore, LayoutVisitor visitor) throws ImagingException {
        ChunkDescription description = new ChunkDescription(slot.chunk().chunkIndex(), slot.chunk().deviceOffset(),
                slot.chunk().deviceLength(), slot.chunk().codecWireId(), slot.level(), table.extents(), image.frameSize());
        visit(description, table.frames(), slot, deviceEndBefore, visitor);
    }

    /**
     * Shows the parts of a chunk.
     *
     * @param deviceEndBefore where the chunk before it ends on the device, -1 if not known
     */
    public void visit(ChunkDescription chunk, List<FrameEntry> frames, IndexSlot slot, long deviceEndBefore,
            LayoutVisitor visitor) throws ImagingException {
        String name = "chunk " + chunk.chunkIndex();
        ByteBuffer head = ChunkHead.encode(chunk, image.imageId(), structures);
        long position = slot.chunk().fileOffset() + head.limit();
        visitor.bytes(slot.chunk().fileOffset(), head, "head of " + name);
        long deviceEnd = deviceEndBefore;
        for (FrameEntry entry : frames) {
            String frame = "frame " + entry.frame().frameIndex();
            long start = entry.frame().frameIndex() * image.frameSize();
            long headOffset = entry.fileOffset() - FrameHead.LENGTH;
            long gapEnd = headOffset - UnreadableRanges.length(entry.frame().unreadable().count());
            if (deviceEnd >= 0) {
                visitor.gap(chunk.codecWireId(), start - deviceEnd, position, gapEnd, "gap before " + frame);
            }
            if (gapEnd < headOffset) {
                visitor.bytes(gapEnd,
                        UnreadableRanges.encode(entry.frame(), image.frameSize(), image.imageId(), structures),
                        "unreadable ranges of " + frame);
            }
            visitor.bytes(headOffset, FrameHead.encode(entry.frame(), image.imageId(), structures), "head of " + frame);
            position = entry.fileOffset() + entry.frame().storedLength();
            deviceEnd = start + entry.frame().contentLength();
        }
        visitor.gap(chunk.codecWireId(), slot.deviceEnd() - deviceEnd, position, slot.tableFileOffset(),
                "gap at the end of " + name);
        visitor.bytes(slot.tableFileOffset(), ChunkTableStructure.encode(chunk, frames, slot.chunk().fileOffset(),
                slot.chunk().digest(), image.imageId(), structures), "table of " + name);
    }
}
