package org.imagingutility.format.skz.write;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageOutput;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.ChunkHead;
import org.imagingutility.format.skz.layout.ChunkTableStructure;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.FrameHead;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.MetadataJson;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.layout.UnreadableRanges;
import org.imagingutility.format.skz.resume.Resumption;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * Writes an image. What is on stable storage when:
 * <ol>
 * <li>header and empty index, before the first chunk;
 * <li>a chunk, before its index slot is filled;
 * <li>everything else, the footer copy included, before the footer is written;
 * <li>the footer, before {@link #finish} returns.
 * </ol>
 * Nothing that was written is changed but empty slots. So a file that was cut off anywhere has a valid header, an index
 * that tells of whole chunks only, and either no footer or is as long as the footer copy says: then all but the footer is
 * on stable storage.
 * {@link Resumption} makes a writer that continues with such a file, in the state of one that never stopped. After an error
 * while it writes, and after a wrong frame, the writer takes no more calls.
 */
public final class SkzWriter implements ImageWriter {
    private enum State { BETWEEN_CHUNKS, IN_CHUNK, FINISHED, UNUSABLE }

    private final WriteTarget target;
    private final ImageOutput out;
    private final ImageSpec spec;
    private final ChunkSettings settings;
    private final FrontIndexWriter index;
    private final SkzDigests.Content content;
    private final List<IndexSlot> slots = new ArrayList<>();
    private State state = State.BETWEEN_CHUNKS;
    private OpenChunk chunk;
    private long deviceEnd;
    private long frameCount;
    private long usedBytes;
    private long gapBytes;

    /**
     * Resumes what stands in {@code target}: header and index.
     *
     * @param settings those of the chunks that are started from now on
     */
    public SkzWriter(WriteTarget target, ChunkSettings settings, FrontIndexWriter index) {
        this.target = target;
        this.out = target.out();
        this.spec = target.header().spec();
        this.settings = settings;
        this.index = index;
        this.content = new SkzDigests.Content(spec);
    }

    /** Writes header and empty index into {@code file}, which is empty, and forces them. */
    public static SkzWriter begin(ImageFile file, Header header, CodecLookup codecs) throws ImagingException {
        ByteBuffer headerBytes = header.encode(StructureWriter.direct());
        WriteTarget target = WriteTarget.of(file, 0, headerBytes, header, codecs);
        try {
            target.out().write(headerBytes.duplicate());
            FrontIndexWriter index = FrontIndexWriter.begin(target);
            file.force();
            return new SkzWriter(target, ChunkSettings.of(header.spec()), index);
        } catch (ImagingException | RuntimeException | Error e) {
            target.close();
            throw e;
        }
    }

    /** Takes over the next chunk, which stands in the file whole and whose slot is filled. */
    public void keep(IndexSlot slot, ChunkTable table) {
        require(State.BETWEEN_CHUNKS);
        for (FrameEntry entry : table.frames()) {
            content.add(entry.frame(), table.extents());
        }
        enter(slot);
    }

    /** Takes over the begin of the next chunk, which stands in the file: its head and {@code frames}. Then is within it. */
    public void keep(ChunkDescription description, long fileOffset, List<FrameEntry> frames) throws UsageException {
        require(State.BETWEEN_CHUNKS);
        chunk = new OpenChunk(description, fileOffset, spec);
        for (FrameEntry entry : frames) {
            chunk.requireNext(entry.frame(), entry.frame().storedLength());
            enter(entry);
        }
        state = State.IN_CHUNK;
    }

    @Override
    public void beginChunk(ChunkPlan plan) throws ImagingException {
        require(State.BETWEEN_CHUNKS);
        requireFits(plan);
        ChunkDescription description = new ChunkDescription(slots.size(), plan.deviceOffset(), plan.deviceLength(),
                settings.codecWireId(), settings.level(), plan.extents(), spec.frameSize());
        if (description.frameCount() > Limits.FRAMES_PER_CHUNK) {
            throw new IllegalArgumentException("a chunk of " + description.frameCount() + " frames, at most "
                    + Limits.FRAMES_PER_CHUNK + " are allowed");
        }
        state = State.UNUSABLE;
        index.reserve();
        chunk = new OpenChunk(description, out.position(), spec);
        out.write(ChunkHead.encode(description, target.imageId(), target.structures()));
        state = State.IN_CHUNK;
    }

    private void requireFits(ChunkPlan plan) throws UsageException {
        long end = plan.deviceOffset() + plan.deviceLength();
        boolean fits = plan.deviceOffset() >= deviceEnd && plan.deviceOffset() % spec.frameSize() == 0
                && end <= spec.deviceLength() && (end % spec.frameSize() == 0 || end == spec.deviceLength())
                && plan.deviceLength() <= settings.chunkSize();
        if (!fits) {
            throw new IllegalArgumentException("chunk " + plan.deviceOffset() + "+" + plan.deviceLength()
                    + " does not fit behind " + deviceEnd + " in a device of " + spec.deviceLength()
                    + " bytes with frames of " + spec.frameSize() + " and chunks of at most " + settings.chunkSize());
        }
        if (plan.extents().count() > Limits.EXTENTS_PER_CHUNK) {
            throw new IllegalArgumentException("a chunk of " + plan.extents().count() + " extents, at most "
                    + Limits.EXTENTS_PER_CHUNK + " are allowed");
        }
        if (slots.size() == Limits.CHUNKS) {
            throw new UsageException("an image cannot have more than " + Limits.CHUNKS + " chunks",
                    "ask for larger chunks");
        }
    }

    @Override
    public void writeFrame(FrameInfo frame, ByteBuffer stored) throws ImagingException {
        require(State.IN_CHUNK);
        state = State.UNUSABLE;
        chunk.requireNext(frame, stored.remaining());
        if (target.committer() != null) {
            target.committer().check();
        }
        long gap = frame.frameIndex() * spec.frameSize() - deviceEnd;
        writeGap(chunk.description().codecWireId(), gap);
        if (frame.unreadable().count() > 0) {
            out.write(UnreadableRanges.encode(frame, spec.frameSize(), target.imageId(), target.structures()));
        }
        out.write(FrameHead.encode(frame, target.imageId(), target.structures()));
        FrameEntry entry = new FrameEntry(frame, out.position());
        out.write(stored);
        enter(entry);
        state = State.IN_CHUNK;
    }

    /**
     * Writes the gap frames of {@code zeros} bytes of device.
     *
     * @throws ImageFormatException if those of the image would take more than any image is planned with: the header of an
     *         unfinished image, which says how long they are, may say anything
     */
    private void writeGap(int codecWireId, long zeros) throws ImagingException {
        long stored = target.gaps().storedLength(codecWireId, zeros);
        long most = GapFrames.mostBytes(spec.deviceLength());
        if (stored < 0 || stored > most - gapBytes) {
            throw new ImageFormatException(out.file().reference(), 0, "its header says that ranges without data are stored"
                    + " in runs of " + target.header().gapRun() + " zeros, which take more than " + most + " bytes",
                    "start the image over");
        }
        gapBytes += stored;
        target.gaps().write(codecWireId, zeros, out);
    }

    /** Counts a frame of the open chunk that stands in the file. */
    private void enter(FrameEntry entry) {
        chunk.add(entry);
        content.add(entry.frame(), chunk.description().extents());
        deviceEnd = entry.frame().frameIndex() * spec.frameSize() + entry.frame().contentLength();
    }

    @Override
    public void endChunk() throws ImagingException {
        require(State.IN_CHUNK);
        chunk.requireComplete();
        state = State.UNUSABLE;
        ChunkDescription description = chunk.description();
        long end = description.deviceOffset() + description.deviceLength();
        writeGap(description.codecWireId(), end - deviceEnd);
        long tableOffset = out.position();
        Digest digest = SkzDigests.chunk(description, chunk.frames());
        out.write(ChunkTableStructure.encode(description, chunk.frames(), chunk.fileOffset(), digest,
                target.imageId(), target.structures()));
        IndexSlot slot = chunk.slot(tableOffset, out.position(), digest);
        index.commit(slot);
        enter(slot);
        state = State.BETWEEN_CHUNKS;
    }

    /** Counts a chunk that stands in the file. */
    private void enter(IndexSlot slot) {
        slots.add(slot);
        deviceEnd = slot.deviceEnd();
        frameCount += slot.chunk().frameCount();
        usedBytes += slot.usedBytes();
    }

    @Override
    public ImageDigests finish(Metadata statistics) throws ImagingException {
        require(State.BETWEEN_CHUNKS);
        byte[] json = MetadataJson.encodeStorable(statistics);
        state = State.UNUSABLE;
        if (target.committer() != null) {
            target.committer().await();
        }
        ByteBuffer header = target.headerBytes();
        ImageDigests digests = new ImageDigests(SkzDigests.image(header, slots), content.digest());
        long tailGap = out.position();
        writeGap(spec.codecWireId(), spec.deviceLength() - deviceEnd);
        Footer footer = footer(tailGap, json.length, digests, statistics);
        out.write(footer.encode(StructureKind.FOOTER_COPY, target.structures()));
        out.write(IndexCopy.encode(slots, target.imageId(), target.structures()));
        out.write(header.duplicate());
        out.file().force();
        out.write(footer.encode(StructureKind.FOOTER, target.structures()));
        out.file().force();
        state = State.FINISHED;
        return digests;
    }

    /** Returns the footer of the image when all but its copy, index copy, header copy and itself is written. */
    private Footer footer(long tailGap, int jsonLength, ImageDigests digests, Metadata statistics) {
        long length = Footer.length(jsonLength);
        long indexCopy = out.position() + length;
        long headerCopy = indexCopy + IndexCopy.length(slots.size());
        long offset = headerCopy + target.headerBytes().limit();
        return new Footer(target.imageId(), tailGap, indexCopy, headerCopy, offset, offset + length, slots.size(), frameCount,
                usedBytes, digests, statistics);
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException("the writer is " + state + ", the call needs " + expected);
        }
    }

    @Override
    public long length() {
        return out.position();
    }

    @Override
    public void close() {
        state = State.UNUSABLE;
        target.close();
    }
}
