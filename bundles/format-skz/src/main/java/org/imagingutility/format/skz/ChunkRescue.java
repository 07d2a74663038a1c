package org.imagingutility.format.skz;

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

/** Finds out what a chunk of a damaged image holds: by its table, else by its head and the heads of its frames. */
final class ChunkRescue {
    private final ImageTrace image;
    private final SearchMonitor monitor;

    ChunkRescue(ImageTrace image, SearchMonitor monitor) {
        this.image = image;
        this.monitor = monitor;
    }

    /** Looks at a chunk; {@code deviceEndBefore} is where the chunk before it ends on the device, -1 if not known. */
    RescuedChunk rescue(Trace trace, long deviceEndBefore) throws ImagingException {
        List<Damage> damages = new ArrayList<>();
        IndexSlot slot = trace.slot();
        if (slot != null) {
            try {
                ChunkTable table = table(slot);
                return new RescuedChunk(trace, description(slot, table), table.frames(), slot, damages);
            } catch (ImageDamagedException | ImageReadException e) {
                damages.add(damage(slot.tableFileOffset(), slot.tableLength(), "table of chunk " + trace.chunkIndex(), e));
            }
        } else {
            damages.add(new Damage(trace.fileStart(), Math.max(0, trace.fileEnd() - trace.fileStart()), Optional.empty(),
                    "chunk " + trace.chunkIndex() + " is not whole: it has a head, but no table"));
        }
        return byHeads(trace, deviceEndBefore, damages);
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

    private RescuedChunk byHeads(Trace trace, long deviceEndBefore, List<Damage> damages) throws ImagingException {
        long offset = trace.fileStart();
        ByteBuffer whole;
        ChunkDescription head;
        try {
            whole = image.in().structure(StructureKind.CHUNK_HEAD, offset, image.in().length());
            head = ChunkHead.parse(whole, image.imageId(), image.header().spec(), image.in().place(offset));
            if (trace.slot() != null) {
                head.requireSameAs(trace.slot(), new StructureReader(whole, StructureKind.CHUNK_HEAD, image.in().place(offset)));
            }
        } catch (ImageDamagedException | ImageReadException e) {
            damages.add(damage(offset, 0, "head of chunk " + trace.chunkIndex(), e));
            return new RescuedChunk(trace, null, List.of(), null, damages);
        }
        long bound = trace.slot() == null ? trace.fileEnd() : trace.slot().tableFileOffset();
        FrameTrail trail = new FrameTrail(image, head, offset + whole.limit(), bound, deviceEndBefore, monitor).run();
        damages.addAll(trail.damages());
        return new RescuedChunk(trace, head, trail.frames(), slot(trace, head, trail), damages);
    }

    /** Returns the slot that head and frames dictate, or null if they do not agree with the one that is known. */
    private IndexSlot slot(Trace trace, ChunkDescription head, FrameTrail trail) throws ImagingException {
        long tableFileOffset = trail.tableOffset();
        if (tableFileOffset < 0) {
            return null;
        }
        List<FrameEntry> frames = trail.frames();
        Digest digest = SkzDigests.chunk(head, frames);
        long tableOffset = tableFileOffset - trace.fileStart();
        int tableLength = ChunkTableStructure.encode(head, frames, trace.fileStart(), digest, image.imageId(),
                StructureWriter.onHeap()).limit();
        IndexSlot slot = new IndexSlot(new ChunkInfo(head.chunkIndex(), head.deviceOffset(), head.deviceLength(),
                trace.fileStart(), tableOffset + tableLength, frames.size(), head.codecWireId(), digest,
                Unreadable.bytes(frames)), head.level(), tableOffset, head.extents().totalLength());
        return trace.slot() == null || slot.equals(trace.slot()) ? slot : null;
    }

    private static Damage damage(long offset, long length, String what, ImagingException e) {
        String reason = e instanceof ImageDamagedException damaged ? damaged.reason() : e.getMessage();
        return new Damage(offset, length, Optional.empty(), what + " does not hold: " + reason);
    }
}
