package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/** The structure behind the frames of a chunk: all that is needed to read the chunk, in one piece. */
public final class ChunkTableStructure {
    /** Bytes of a frame's entry. */
    public static final int ENTRY_LENGTH = StructureLengths.TABLE_ENTRY;
    /** Bytes of an unreadable range. */
    public static final int RANGE_LENGTH = StructureLengths.TABLE_RANGE;

    private ChunkTableStructure() {
    }

    /** Returns the table of {@code chunk}, which begins at {@code chunkFileOffset}, in the buffer of {@code out}. */
    public static ByteBuffer encode(ChunkDescription chunk, List<FrameEntry> frames, long chunkFileOffset, Digest digest,
            long imageId, StructureWriter out) {
        chunk.begin(StructureKind.CHUNK_TABLE, imageId, out);
        for (FrameEntry entry : frames) {
            FrameInfo frame = entry.frame();
            out.u64(frame.frameIndex()).u64(entry.fileOffset() - chunkFileOffset)
                    .u32(frame.contentLength()).u32(frame.storedLength()).u32(frame.storedCrc32c())
                    .u8(FrameHead.code(frame.kind())).u8(FrameHead.flags(frame)).zeros(2)
                    .digest(frame.contentDigest());
        }
        int ranges = UnreadableRanges.count(frames);
        if (ranges > 0) {
            out.u32(ranges);
            for (FrameEntry entry : frames) {
                ExtentList unreadable = entry.frame().unreadable();
                for (int i = 0; i < unreadable.count(); i++) {
                    out.u64(unreadable.offset(i)).u64(unreadable.length(i));
                }
            }
        }
        return out.digest(digest).end();
    }

    /** Takes the table of the chunk in {@code slot} apart and checks it against the slot and its digest. */
    public static ChunkTable parse(ByteBuffer whole, IndexSlot slot, long imageId, ImageSpec spec, ImagePosition place)
            throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.CHUNK_TABLE, place);
        ChunkDescription chunk = ChunkDescription.read(in, imageId, spec);
        chunk.requireSameAs(slot, in);
        List<FrameEntry> frames = new ArrayList<>(chunk.frameCount());
        FrameWindows windows = new FrameWindows(chunk.extents(), spec.frameSize());
        BitSet marked = new BitSet();
        long end = 0;
        while (windows.hasNext()) {
            FrameEntry entry = entry(in, windows.next(), end, marked, frames.size(), slot, spec);
            end = entry.fileOffset() - slot.chunk().fileOffset() + entry.frame().storedLength();
            frames.add(entry);
        }
        long unreadable = marked.isEmpty() ? 0 : readUnreadable(in, chunk.extents(), frames, marked, slot, spec);
        if (unreadable != slot.chunk().unreadableBytes()) {
            throw in.damaged("chunk " + chunk.chunkIndex() + " has " + unreadable + " unreadable bytes, the index "
                    + slot.chunk().unreadableBytes());
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

    /** Reads the unreadable ranges and gives them to the frames that are {@code marked}; returns their bytes. */
    private static long readUnreadable(StructureReader in, ExtentList extents, List<FrameEntry> frames, BitSet marked,
            IndexSlot slot, ImageSpec spec) throws ImageDamagedException {
        int count = in.u32("count of unreadable ranges", marked.cardinality(),
                Math.min(Limits.UNREADABLE_PER_CHUNK, in.remaining() / RANGE_LENGTH));
        long[] offsets = new long[count];
        long[] lengths = new long[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = in.u64("offset of an unreadable range", 0, spec.deviceLength() - 1);
            lengths[i] = in.u64("length of an unreadable range", 1, spec.frameSize());
        }
        long bytes = 0;
        int next = 0;
        for (int i = marked.nextSetBit(0); i >= 0; i = marked.nextSetBit(i + 1)) {
            FrameInfo frame = frames.get(i).frame();
            UnreadableRanges.Collector ranges = new UnreadableRanges.Collector(frame.frameIndex(), extents, spec, in);
            while (next < count && ranges.takes(offsets[next])) {
                ranges.add(offsets[next], lengths[next]);
                bytes += lengths[next++];
            }
            frames.set(i, withUnreadable(frames.get(i), ranges.get(), i == 0 ? null : frames.get(i - 1), slot, in));
        }
        if (next < count) {
            throw in.damaged("the unreadable range at byte " + offsets[next]
                    + " of the device lies in no frame that has some");
        }
        return bytes;
    }

    /** Adds the ranges to a frame; they must have had room between the frame {@code before} and this one. */
    private static FrameEntry withUnreadable(FrameEntry entry, ExtentList unreadable, FrameEntry before, IndexSlot slot,
            StructureReader in) throws ImageDamagedException {
        FrameInfo frame = entry.frame();
        long from = before == null ? slot.chunk().fileOffset() : before.fileOffset() + before.frame().storedLength();
        if (entry.fileOffset() - from < FrameHead.LENGTH + UnreadableRanges.length(unreadable.count())) {
            throw in.damaged("the " + unreadable.count() + " unreadable ranges of frame " + frame.frameIndex()
                    + " have no room before its stored bytes");
        }
        return new FrameEntry(new FrameInfo(frame.frameIndex(), frame.kind(), frame.contentLength(), frame.storedLength(),
                frame.storedCrc32c(), frame.contentDigest(), unreadable), entry.fileOffset());
    }

    private static FrameEntry entry(StructureReader in, long frameIndex, long previousEnd, BitSet marked, int number,
            IndexSlot slot, ImageSpec spec) throws ImageDamagedException {
        in.u64("frame index", frameIndex, frameIndex);
        long offset = in.u64("offset of frame " + frameIndex, previousEnd + FrameHead.LENGTH, slot.tableOffset() - 1);
        int contentLength = FrameHead.contentLength(in, frameIndex, spec);
        int storedLength = in.u32("stored length of frame " + frameIndex, 1,
                Math.min(Limits.storedLength(contentLength), slot.tableOffset() - offset));
        int crc = in.bits32();
        FrameKind kind = FrameHead.kind(in);
        marked.set(number, FrameHead.hasUnreadable(in));
        return new FrameEntry(new FrameInfo(frameIndex, kind, contentLength, storedLength, crc, in.digest()),
                slot.chunk().fileOffset() + offset);
    }
}
