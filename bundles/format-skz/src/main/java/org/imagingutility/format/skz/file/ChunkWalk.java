package org.imagingutility.format.skz.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.ChunkHead;
import org.imagingutility.format.skz.layout.ChunkTableStructure;
import org.imagingutility.format.skz.layout.FrameHead;
import org.imagingutility.format.skz.layout.FrameWindows;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.layout.UnreadableRanges;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * A way through one chunk by its own structures, without index and footer: chunk head, then frame by frame, then the
 * chunk table. Each step throws an {@link org.imagingutility.api.error.ImageDamagedException} if what it should find is
 * not there. For one thread.
 */
public final class ChunkWalk {
    private static final int READ_AT_ONCE = 1 << 20;

    private final ImageInput in;
    private final ImageSpec spec;
    private final long imageId;
    private final GapFrames gaps;
    private final boolean everyByte;
    private final long fileOffset;
    private final ChunkDescription description;
    private final FrameWindows windows;
    private final List<FrameEntry> frames = new ArrayList<>();
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long position;
    private long deviceEnd;

    /** Reads the head of the chunk at {@code offset}; {@link ChunkWalker} has the meaning of the arguments. */
    ChunkWalk(ImageInput in, Header header, long imageId, GapFrames gaps, long offset, int chunkIndex, long deviceEndBefore,
            boolean everyByte) throws ImagingException {
        this.in = in;
        this.spec = header.spec();
        this.imageId = imageId;
        this.gaps = gaps;
        this.everyByte = everyByte;
        this.fileOffset = offset;
        ByteBuffer head = in.structure(StructureKind.CHUNK_HEAD, offset, in.length());
        this.description = ChunkHead.parse(head, imageId, spec, in.place(offset));
        if (description.chunkIndex() != chunkIndex || description.deviceOffset() < deviceEndBefore) {
            throw in.place(offset).damaged("chunk " + description.chunkIndex() + " at byte "
                    + description.deviceOffset() + " of the device, expected chunk " + chunkIndex + " at or behind "
                    + deviceEndBefore);
        }
        this.windows = new FrameWindows(description.extents(), spec.frameSize());
        this.position = offset + head.limit();
        this.deviceEnd = deviceEndBefore;
    }

    /** Returns what the chunk head says. */
    public ChunkDescription description() {
        return description;
    }

    /** Returns the first byte of the chunk in the file. */
    public long fileOffset() {
        return fileOffset;
    }

    /** Returns the frames passed so far. */
    public List<FrameEntry> frames() {
        return frames;
    }

    /** Returns the first byte of the file behind what was passed. */
    public long position() {
        return position;
    }

    /** Says whether a frame is due. */
    public boolean hasNext() {
        return windows.hasNext();
    }

    /** Passes the next frame with the gap before it. */
    public void next() throws ImagingException {
        long frameIndex = windows.next();
        long start = frameIndex * spec.frameSize();
        FrameEntry entry = frame(behindGap(start - deviceEnd), frameIndex);
        if (everyByte) {
            requireStored(entry);
        }
        frames.add(entry);
        position = entry.fileOffset() + entry.frame().storedLength();
        deviceEnd = start + entry.frame().contentLength();
    }

    private long behindGap(long zeros) throws ImagingException {
        long stored = gaps.storedLength(description.codecWireId(), zeros);
        if (stored < 0 || stored > in.length() - position) {
            throw in.place(position).damaged("a gap of " + zeros + " bytes of device does not fit the file");
        }
        if (everyByte) {
            long difference = gaps.firstDifference(description.codecWireId(), zeros, in, position);
            if (difference >= 0) {
                throw in.place(difference).damaged("gap frame is not what it must be");
            }
        }
        return position + stored;
    }

    /** Reads what stands before the stored bytes of a frame, from {@code offset} on. */
    private FrameEntry frame(long offset, long frameIndex) throws ImagingException {
        long headOffset = offset;
        ExtentList unreadable = ExtentList.empty();
        if (in.beginsAt(StructureKind.UNREADABLE, offset)) {
            ByteBuffer ranges = in.structure(StructureKind.UNREADABLE, offset, in.length());
            unreadable = UnreadableRanges.parse(ranges, frameIndex, description.extents(), imageId, spec, in.place(offset));
            headOffset += ranges.limit();
        }
        ByteBuffer head = in.structure(StructureKind.FRAME_HEAD, headOffset, FrameHead.LENGTH, in.length());
        FrameInfo frame = FrameHead.parse(head, unreadable, imageId, spec, in.place(headOffset));
        long stored = headOffset + FrameHead.LENGTH;
        if (frame.frameIndex() != frameIndex || frame.storedLength() > in.length() - stored) {
            throw in.place(headOffset).damaged("frame " + frame.frameIndex() + " with " + frame.storedLength()
                    + " stored bytes, expected frame " + frameIndex + " within the file");
        }
        return new FrameEntry(frame, stored);
    }

    private void requireStored(FrameEntry entry) throws ImagingException {
        CRC32C crc = new CRC32C();
        int length = entry.frame().storedLength();
        if (buffer.capacity() < Math.min(length, READ_AT_ONCE)) {
            buffer = ByteBuffer.allocateDirect(Math.min(READ_AT_ONCE, Math.max(length, 2 * buffer.capacity())));
        }
        for (int done = 0; done < length; done += buffer.limit()) {
            in.file().read(entry.fileOffset() + done, buffer.clear().limit(Math.min(buffer.capacity(), length - done)));
            crc.update(buffer.flip());
        }
        if ((int) crc.getValue() != entry.frame().storedCrc32c()) {
            throw in.place(entry.fileOffset()).damaged("stored bytes of frame %d: CRC-32C is 0x%08X, expected 0x%08X"
                    .formatted(entry.frame().frameIndex(), (int) crc.getValue(), entry.frame().storedCrc32c()));
        }
    }

    /** Passes the rest of the chunk behind its last frame; returns its index slot, if its table agrees with its heads. */
    public IndexSlot end() throws ImagingException {
        long tableOffset = behindGap(description.deviceOffset() + description.deviceLength() - deviceEnd);
        ByteBuffer table = in.structure(StructureKind.CHUNK_TABLE, tableOffset, in.length());
        ChunkInfo chunk = new ChunkInfo(description.chunkIndex(), description.deviceOffset(),
                description.deviceLength(), fileOffset, tableOffset + table.limit() - fileOffset, frames.size(),
                description.codecWireId(), SkzDigests.chunk(description, frames), UnreadableRanges.bytes(frames));
        IndexSlot slot = new IndexSlot(chunk, description.level(), tableOffset - fileOffset,
                description.extents().totalLength());
        List<FrameEntry> entries = ChunkTableStructure.parse(table, slot, imageId, spec, in.place(tableOffset)).frames();
        if (!entries.equals(frames)) {
            throw in.place(tableOffset).damaged("the table of chunk " + description.chunkIndex()
                    + " does not agree with its frame heads");
        }
        return slot;
    }
}
