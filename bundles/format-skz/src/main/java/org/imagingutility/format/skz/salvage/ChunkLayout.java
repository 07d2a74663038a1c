package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.LayoutVisitor;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.ChunkHead;
import org.imagingutility.format.skz.layout.ChunkTableStructure;
import org.imagingutility.format.skz.layout.FrameHead;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.UnreadableRanges;
import org.imagingutility.format.skz.structure.StructureWriter;

/** Goes through the parts of a chunk of which everything is known but the stored bytes of its frames. For one thread. */
final class ChunkLayout {
    private final DamagedImage image;
    private final StructureWriter structures = StructureWriter.onHeap();

    ChunkLayout(DamagedImage image) {
        this.image = image;
    }

    /** Shows the parts; {@code deviceEndBefore} is where the chunk before it ends on the device, -1 if not known. */
    void visit(RecoveredChunk recovered, long deviceEndBefore, LayoutVisitor visitor) throws ImagingException {
        ChunkDescription chunk = recovered.description();
        IndexSlot slot = recovered.slot();
        String name = "chunk " + chunk.chunkIndex();
        ByteBuffer head = ChunkHead.encode(chunk, image.imageId(), structures);
        long position = slot.chunk().fileOffset() + head.limit();
        visitor.bytes(slot.chunk().fileOffset(), head, "head of " + name);
        long deviceEnd = deviceEndBefore;
        for (FrameEntry entry : recovered.frames()) {
            String frame = "frame " + entry.frame().frameIndex();
            long start = entry.frame().frameIndex() * image.frameSize();
            long headOffset = entry.fileOffset() - FrameHead.LENGTH;
            long gapEnd = headOffset - UnreadableRanges.length(entry.frame().unreadable().count());
            if (deviceEnd >= 0) {
                visitor.gap(chunk.codecWireId(), start - deviceEnd, position, gapEnd, "gap before " + frame);
            }
            if (gapEnd < headOffset) {
                visitor.bytes(gapEnd, UnreadableRanges.encode(entry.frame(), image.frameSize(), image.imageId(), structures),
                        "unreadable ranges of " + frame);
            }
            visitor.bytes(headOffset, FrameHead.encode(entry.frame(), image.imageId(), structures), "head of " + frame);
            position = entry.fileOffset() + entry.frame().storedLength();
            deviceEnd = start + entry.frame().contentLength();
        }
        visitor.gap(chunk.codecWireId(), slot.deviceEnd() - deviceEnd, position, slot.tableFileOffset(),
                "gap at the end of " + name);
        visitor.bytes(slot.tableFileOffset(), ChunkTableStructure.encode(chunk, recovered.frames(),
                slot.chunk().fileOffset(), slot.chunk().digest(), image.imageId(), structures), "table of " + name);
    }
}
