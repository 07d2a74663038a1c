package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.OpenImage;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.ChunkHead;
import org.imagingutility.format.skz.layout.FrameHead;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.UnreadableRanges;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * Checks a chunk whose table holds: everything else but the stored bytes of its frames is computed again from the table
 * and compared with the file, byte by byte. For one thread.
 */
public final class ChunkCheck {
    private final OpenImage image;
    private final ByteComparison comparison;
    private final StructureWriter structures = StructureWriter.onHeap();

    /** Creates a check of chunks of {@code image}, which tells {@code damages} of what it finds. */
    public ChunkCheck(OpenImage image, Consumer<Damage> damages) {
        this.image = image;
        this.comparison = new ByteComparison(image.in(), image.gaps(), damages);
    }

    /** Checks the chunk of {@code table}, which was read from this image. */
    public void run(ChunkTable table) throws ImagingException {
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
            long gapEnd = headOffset - UnreadableRanges.length(entry.frame().unreadable().count());
            String frame = "frame " + entry.frame().frameIndex();
            comparison.gap(chunk.codecWireId(), start - deviceEnd, position, gapEnd, "gap before " + frame);
            if (gapEnd < headOffset) {
                comparison.bytes(gapEnd, UnreadableRanges.encode(entry.frame(), spec.frameSize(), image.footer().imageId(),
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
