package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.ImageRegion;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.ChunkHead;
import org.imagingutility.format.skz.layout.ChunkTableStructure;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.layout.UnreadableRanges;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/** Finds out what a chunk of a damaged image holds: by its table, else by its head and the heads of its frames. */
final class ChunkRecovery {
    private final DamagedImage image;
    private final SearchMonitor monitor;

    ChunkRecovery(DamagedImage image, SearchMonitor monitor) {
        this.image = image;
        this.monitor = monitor;
    }

    /** Looks at a chunk; {@code deviceEndBefore} is where the chunk before it ends on the device, -1 if not known. */
    RecoveredChunk recover(ImageRegion region, long deviceEndBefore) throws ImagingException {
        List<Damage> damages = new ArrayList<>();
        IndexSlot slot = region.slot();
        if (slot != null) {
            try {
                ChunkTable table = table(slot);
                return new RecoveredChunk(region, description(slot, table), table.frames(), slot, damages);
            } catch (ImageDamagedException | ImageReadException e) {
                damages.add(damage(slot.tableFileOffset(), slot.tableLength(), "table of chunk " + region.chunkIndex(), e));
            }
        } else {
            damages.add(new Damage(region.fileStart(), Math.max(0, region.fileEnd() - region.fileStart()), Optional.empty(),
                    "chunk " + region.chunkIndex() + " is not whole: it has a head, but no table"));
        }
        return byHeads(region, deviceEndBefore, damages);
    }

    private ChunkTable table(IndexSlot slot) throws ImagingException {
        long offset = slot.tableFileOffset();
        ByteBuffer whole = image.in().structure(StructureKind.CHUNK_TABLE, offset, slot.tableLength(),
                Math.min(slot.fileEnd(), image.in().length()));
        return ChunkTableStructure.parse(whole, slot, image.imageId(), image.header().spec(), image.in().place(offset));
    }

    private ChunkDescription description(IndexSlot slot, ChunkTable table) {
        ChunkInfo chunk = slot.chunk();
        return new ChunkDescription(chunk.chunkIndex(), chunk.deviceOffset(), chunk.deviceLength(), chunk.codecWireId(),
                slot.level(), table.extents(), image.frameSize());
    }

    private RecoveredChunk byHeads(ImageRegion region, long deviceEndBefore, List<Damage> damages) throws ImagingException {
        long offset = region.fileStart();
        ByteBuffer whole;
        ChunkDescription head;
        try {
            whole = image.in().structure(StructureKind.CHUNK_HEAD, offset, image.in().length());
            head = ChunkHead.parse(whole, image.imageId(), image.header().spec(), image.in().place(offset));
            if (region.slot() != null) {
                head.requireSameAs(region.slot(), 
                        new StructureReader(whole, StructureKind.CHUNK_HEAD, image.in().place(offset)));
            }
        } catch (ImageDamagedException | ImageReadException e) {
            damages.add(damage(offset, 0, "head of chunk " + region.chunkIndex(), e));
            return new RecoveredChunk(region, null, List.of(), null, damages);
        }
        long bound = region.slot() == null ? region.fileEnd() : region.slot().tableFileOffset();
        FrameRecovery recovery
                = new FrameRecovery(image, head, offset + whole.limit(), bound, deviceEndBefore, monitor).run();
        damages.addAll(recovery.damages());
        return new RecoveredChunk(region, head, recovery.frames(), slot(region, head, recovery), damages);
    }

    /** Returns the slot that head and frames dictate, or null if they do not agree with the one that is known. */
    private IndexSlot slot(ImageRegion region, ChunkDescription head, FrameRecovery recovery) throws ImagingException {
        long tableFileOffset = recovery.tableOffset();
        if (tableFileOffset < 0) {
            return null;
        }
        List<FrameEntry> frames = recovery.frames();
        Digest digest = SkzDigests.chunk(head, frames);
        long tableOffset = tableFileOffset - region.fileStart();
        int tableLength = ChunkTableStructure.encode(head, frames, region.fileStart(), digest, image.imageId(),
                StructureWriter.onHeap()).limit();
        IndexSlot slot = new IndexSlot(new ChunkInfo(head.chunkIndex(), head.deviceOffset(), head.deviceLength(),
                region.fileStart(), tableOffset + tableLength, frames.size(), head.codecWireId(), digest,
                UnreadableRanges.bytes(frames)), head.level(), tableOffset, head.extents().totalLength());
        return region.slot() == null || slot.equals(region.slot()) ? slot : null;
    }

    private static Damage damage(long offset, long length, String what, ImagingException e) {
        String reason = e instanceof ImageDamagedException damaged ? damaged.reason() : e.getMessage();
        return new Damage(offset, length, Optional.empty(), what + " does not hold: " + reason);
    }
}
