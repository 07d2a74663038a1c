package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;

/** The structure behind the frames of a chunk: all that is needed to read the chunk, in one piece. */
final class ChunkTableStructure {
    /** Bytes of a frame's entry. */
    static final int ENTRY_LENGTH = 64;

    private ChunkTableStructure() {
    }

    static ByteBuffer encode(ChunkDescription chunk, List<FrameEntry> frames, long chunkFileOffset, Digest digest,
            long imageId, StructureWriter out) {
        chunk.begin(StructureKind.CHUNK_TABLE, imageId, out);
        for (FrameEntry entry : frames) {
            FrameInfo frame = entry.frame();
            out.u64(frame.frameIndex()).u64(entry.fileOffset() - chunkFileOffset)
                    .u32(frame.contentLength()).u32(frame.storedLength()).u32(frame.storedCrc32c())
                    .u8(FrameHead.code(frame.kind())).zeros(3)
                    .digest(frame.contentDigest());
        }
        return out.digest(digest).end();
    }

    /** Takes the table of the chunk in {@code slot} apart and checks it against the slot and its digest. */
    static ChunkTable parse(ByteBuffer whole, IndexSlot slot, long imageId, ImageSpec spec, Place place)
            throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.CHUNK_TABLE, place);
        ChunkDescription chunk = ChunkDescription.read(in, imageId, spec);
        chunk.requireSameAs(slot, in);
        List<FrameEntry> frames = new ArrayList<>(chunk.frameCount());
        FrameWindows windows = new FrameWindows(chunk.extents(), spec.frameSize());
        long end = 0;
        while (windows.hasNext()) {
            FrameEntry entry = entry(in, windows.next(), end, slot, spec);
            end = entry.fileOffset() - slot.chunk().fileOffset() + entry.frame().storedLength();
            frames.add(entry);
        }
        Digest written = in.digest();
        in.end();
        Digest computed = SkzDigests.chunk(chunk, frames);
        if (!computed.equals(slot.chunk().digest()) || !computed.equals(written)) {
            throw in.damaged("digest of chunk " + chunk.chunkIndex() + " is " + computed + ", expected "
                    + slot.chunk().digest() + " (index) and " + written + " (table)");
        }
        return new ChunkTable(slot.chunk(), chunk.extents(), frames);
    }

    private static FrameEntry entry(StructureReader in, long frameIndex, long previousEnd, IndexSlot slot, ImageSpec spec)
            throws ImageDamagedException {
        in.u64("frame index", frameIndex, frameIndex);
        long offset = in.u64("offset of frame " + frameIndex, previousEnd + FrameHead.LENGTH, slot.tableOffset() - 1);
        int contentLength = FrameHead.contentLength(in, frameIndex, spec);
        int storedLength = in.u32("stored length of frame " + frameIndex, 1,
                Math.min(Limits.storedLength(contentLength), slot.tableOffset() - offset));
        int crc = in.bits32();
        FrameKind kind = FrameHead.kind(in);
        return new FrameEntry(new FrameInfo(frameIndex, kind, contentLength, storedLength, crc, in.digest()),
                slot.chunk().fileOffset() + offset);
    }
}
