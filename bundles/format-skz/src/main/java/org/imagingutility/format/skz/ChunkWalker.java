package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.ImagingException;

/**
 * Finds a chunk by its own structures, without index and footer: chunk head, then frame head by frame head, then the
 * chunk table. For one thread.
 */
final class ChunkWalker {
    private final ImageInput in;
    private final Header header;
    private final long imageId;
    private final Gaps gaps;

    ChunkWalker(ImageInput in, Header header, long imageId, Gaps gaps) {
        this.in = in;
        this.header = header;
        this.imageId = imageId;
        this.gaps = gaps;
    }

    /**
     * Returns the index slot of the chunk that begins at {@code offset}, whole, with a table that agrees with its heads.
     *
     * @param chunkIndex number the chunk must have
     * @param deviceEndBefore first byte of device behind the chunk before it
     * @throws org.imagingutility.api.error.ImageDamagedException if no whole chunk stands there
     */
    IndexSlot chunk(long offset, int chunkIndex, long deviceEndBefore) throws ImagingException {
        ByteBuffer head = in.structure(StructureKind.CHUNK_HEAD, offset, in.length());
        ChunkDescription description = ChunkHead.parse(head, imageId, header.spec(), in.place(offset));
        if (description.chunkIndex() != chunkIndex || description.deviceOffset() < deviceEndBefore) {
            throw in.place(offset).damaged("chunk " + description.chunkIndex() + " at byte "
                    + description.deviceOffset() + " of the device, expected chunk " + chunkIndex + " at or behind "
                    + deviceEndBefore);
        }
        List<FrameEntry> frames = new ArrayList<>();
        long position = offset + head.limit();
        long deviceEnd = deviceEndBefore;
        FrameWindows windows = new FrameWindows(description.extents(), header.spec().frameSize());
        while (windows.hasNext()) {
            long frameIndex = windows.next();
            long start = frameIndex * header.spec().frameSize();
            position = behindGap(description.codecWireId(), start - deviceEnd, position);
            FrameEntry entry = frame(position, frameIndex, description.extents());
            frames.add(entry);
            position = entry.fileOffset() + entry.frame().storedLength();
            deviceEnd = start + entry.frame().contentLength();
        }
        long chunkEnd = description.deviceOffset() + description.deviceLength();
        position = behindGap(description.codecWireId(), chunkEnd - deviceEnd, position);
        return withTable(description, frames, offset, position);
    }

    private long behindGap(int codecWireId, long zeros, long position) throws ImagingException {
        long stored = gaps.storedLength(codecWireId, zeros);
        if (stored < 0 || stored > in.length() - position) {
            throw in.place(position).damaged("a gap of " + zeros + " bytes of device does not fit the file");
        }
        return position + stored;
    }

    /** Reads what stands before the stored bytes of a frame, from {@code offset} on. */
    private FrameEntry frame(long offset, long frameIndex, ExtentList extents) throws ImagingException {
        long headOffset = offset;
        ExtentList unreadable = ExtentList.empty();
        if (in.beginsAt(StructureKind.UNREADABLE, offset)) {
            ByteBuffer ranges = in.structure(StructureKind.UNREADABLE, offset, in.length());
            unreadable = Unreadable.parse(ranges, frameIndex, extents, imageId, header.spec(), in.place(offset));
            headOffset += ranges.limit();
        }
        ByteBuffer head = in.structure(StructureKind.FRAME_HEAD, headOffset, FrameHead.LENGTH, in.length());
        FrameInfo frame = FrameHead.parse(head, unreadable, imageId, header.spec(), in.place(headOffset));
        long stored = headOffset + FrameHead.LENGTH;
        if (frame.frameIndex() != frameIndex || frame.storedLength() > in.length() - stored) {
            throw in.place(headOffset).damaged("frame " + frame.frameIndex() + " with " + frame.storedLength()
                    + " stored bytes, expected frame " + frameIndex + " within the file");
        }
        return new FrameEntry(frame, stored);
    }

    private IndexSlot withTable(ChunkDescription description, List<FrameEntry> frames, long offset, long tableOffset)
            throws ImagingException {
        ByteBuffer table = in.structure(StructureKind.CHUNK_TABLE, tableOffset, in.length());
        ChunkInfo chunk = new ChunkInfo(description.chunkIndex(), description.deviceOffset(),
                description.deviceLength(), offset, tableOffset + table.limit() - offset, frames.size(),
                description.codecWireId(), SkzDigests.chunk(description, frames), Unreadable.bytes(frames));
        IndexSlot slot = new IndexSlot(chunk, description.level(), tableOffset - offset,
                description.extents().totalLength());
        List<FrameEntry> entries = ChunkTableStructure
                .parse(table, slot, imageId, header.spec(), in.place(tableOffset)).frames();
        if (!entries.equals(frames)) {
            throw in.place(tableOffset).damaged("the table of chunk " + description.chunkIndex()
                    + " does not agree with its frame heads");
        }
        return slot;
    }
}
