package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.ImageFile;

/**
 * Writes an image. What is on stable storage when:
 * <ol>
 * <li>header and empty index, before the first chunk;
 * <li>a chunk, before its index slot is filled;
 * <li>everything else, the footer copy included, before the footer is written;
 * <li>the footer, before {@link #finish} returns.
 * </ol>
 * Nothing that was written is changed but empty slots. So a file that was cut off anywhere has a valid header, an index
 * that tells of whole chunks only, and either no footer or is as long
 * as the footer copy says: then all but the footer is on stable storage. After an error while it writes, and after a wrong frame, the writer
 * takes no more calls.
 */
final class SkzWriter implements ImageWriter {
    private enum State { BETWEEN_CHUNKS, IN_CHUNK, FINISHED, UNUSABLE }

    private final ImageSpec spec;
    private final ImageOutput out;
    private final StructureWriter structures = StructureWriter.direct();
    private final ByteBuffer header;
    private final long imageId;
    private final Gaps gaps;
    private final Committer committer;
    private final FrontIndex index;
    private final SkzDigests.Content content;
    private final List<IndexSlot> slots = new ArrayList<>();
    private State state = State.BETWEEN_CHUNKS;
    private OpenChunk chunk;
    private long deviceEnd;
    private long frameCount;
    private long usedBytes;

    /** Writes header and empty index into {@code file}, which is empty, and forces them. */
    SkzWriter(ImageFile file, Header header, CodecLookup codecs) throws ImagingException {
        this.spec = header.spec();
        this.out = new ImageOutput(file);
        this.header = copy(header.encode(structures));
        this.imageId = SkzDigests.imageId(this.header);
        this.gaps = new Gaps(codecs, file.reference(), header);
        this.content = new SkzDigests.Content(spec);
        this.committer = header.streamed() ? null : new Committer(file);
        try {
            out.write(this.header.duplicate());
            this.index = new FrontIndex(out, structures, imageId, committer, spec);
            file.force();
        } catch (ImagingException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static ByteBuffer copy(ByteBuffer structure) {
        return ByteBuffer.allocateDirect(structure.remaining()).put(structure).flip();
    }

    @Override
    public void beginChunk(ChunkPlan plan) throws ImagingException {
        require(State.BETWEEN_CHUNKS);
        requireFits(plan);
        ChunkDescription description = new ChunkDescription(slots.size(), plan.deviceOffset(), plan.deviceLength(),
                spec.codecWireId(), spec.level(), plan.extents(), spec.frameSize());
        if (description.frameCount() > Limits.FRAMES_PER_CHUNK) {
            throw new IllegalArgumentException("a chunk of " + description.frameCount() + " frames, at most "
                    + Limits.FRAMES_PER_CHUNK + " are allowed");
        }
        state = State.UNUSABLE;
        index.reserve();
        chunk = new OpenChunk(description, out.position(), spec);
        out.write(ChunkHead.encode(description, imageId, structures));
        state = State.IN_CHUNK;
    }

    private void requireFits(ChunkPlan plan) throws UsageException {
        long end = plan.deviceOffset() + plan.deviceLength();
        boolean fits = plan.deviceOffset() >= deviceEnd && plan.deviceOffset() % spec.frameSize() == 0
                && end <= spec.deviceLength() && (end % spec.frameSize() == 0 || end == spec.deviceLength())
                && plan.deviceLength() <= spec.chunkSize();
        if (!fits) {
            throw new IllegalArgumentException("chunk " + plan.deviceOffset() + "+" + plan.deviceLength()
                    + " does not fit behind " + deviceEnd + " in a device of " + spec.deviceLength()
                    + " bytes with frames of " + spec.frameSize() + " and chunks of at most " + spec.chunkSize());
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
        if (committer != null) {
            committer.check();
        }
        long start = frame.frameIndex() * spec.frameSize();
        gaps.write(spec.codecWireId(), start - deviceEnd, out);
        if (frame.unreadable().count() > 0) {
            out.write(Unreadable.encode(frame, spec.frameSize(), imageId, structures));
        }
        out.write(FrameHead.encode(frame, imageId, structures));
        chunk.add(frame, out.position());
        out.write(stored);
        content.add(frame, chunk.description().extents());
        deviceEnd = start + frame.contentLength();
        state = State.IN_CHUNK;
    }

    @Override
    public void endChunk() throws ImagingException {
        require(State.IN_CHUNK);
        chunk.requireComplete();
        state = State.UNUSABLE;
        ChunkDescription description = chunk.description();
        long end = description.deviceOffset() + description.deviceLength();
        gaps.write(spec.codecWireId(), end - deviceEnd, out);
        long tableOffset = out.position();
        Digest digest = SkzDigests.chunk(description, chunk.frames());
        out.write(ChunkTableStructure.encode(description, chunk.frames(), chunk.fileOffset(), digest, imageId,
                structures));
        IndexSlot slot = chunk.slot(tableOffset, out.position(), digest);
        index.commit(slot);
        slots.add(slot);
        deviceEnd = end;
        frameCount += slot.chunk().frameCount();
        usedBytes += slot.usedBytes();
        state = State.BETWEEN_CHUNKS;
    }

    @Override
    public ImageDigests finish(Metadata statistics) throws ImagingException {
        require(State.BETWEEN_CHUNKS);
        byte[] json = SkzFormat.requireShort(statistics);
        state = State.UNUSABLE;
        if (committer != null) {
            committer.await();
        }
        ImageDigests digests = new ImageDigests(SkzDigests.image(header, slots), content.digest());
        long tailGap = out.position();
        gaps.write(spec.codecWireId(), spec.deviceLength() - deviceEnd, out);
        Footer footer = footer(tailGap, json.length, digests, statistics);
        out.write(footer.encode(StructureKind.FOOTER_COPY, structures));
        out.write(IndexCopy.encode(slots, imageId, structures));
        out.write(header.duplicate());
        out.file().force();
        out.write(footer.encode(StructureKind.FOOTER, structures));
        out.file().force();
        state = State.FINISHED;
        return digests;
    }

    /** Returns the footer of the image when all but its copy, index copy, header copy and itself is written. */
    private Footer footer(long tailGap, int jsonLength, ImageDigests digests, Metadata statistics) {
        long length = Footer.length(jsonLength);
        long indexCopy = out.position() + length;
        long headerCopy = indexCopy + IndexCopy.length(slots.size());
        long offset = headerCopy + header.limit();
        return new Footer(imageId, tailGap, indexCopy, headerCopy, offset, offset + length, slots.size(), frameCount,
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
        if (committer != null) {
            committer.close();
        }
    }
}
