package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.error.ImagingException;

/** Makes the tables of sections from proven chunks. For one thread at a time. */
final class Tables {
    private final Layout layout;
    private final Sections sections;
    private final ChunkProver prover;
    private final Digest zeros = zeros(Sections.FRAME);
    private final ByteBuffer window = ByteBuffer.allocate(Sections.FRAME);

    Tables(Layout layout, Sections sections, ChunkProver prover) {
        this.layout = layout;
        this.sections = sections;
        this.prover = prover;
    }

    /**
     * Returns the table of the section that {@code info} is of.
     *
     * @throws org.imagingutility.api.error.ImageDamagedException if a chunk that has a part in it does not hold
     */
    ChunkTable table(ChunkInfo info) throws ImagingException {
        int section = info.chunkIndex();
        long first = sections.firstWindow(section);
        int chunk = sections.firstChunk(section);
        FrameProofs proofs = sections.shared(section) ? shared(first, chunk) : prover.prove(chunk).frames();
        List<FrameEntry> frames = new ArrayList<>(sections.windowCount(section));
        for (long at = first; at < first + sections.windowCount(section); at++) {
            int length = contentLength(at);
            frames.add(new FrameEntry(proofs.frame(at, length, length == Sections.FRAME ? zeros : zeros(length)),
                    info.fileOffset()));
        }
        return new ChunkTable(info, extents(info, chunk), frames);
    }

    /** Returns the digest of a window from the parts that several chunks have in it. */
    private FrameProofs shared(long at, int firstChunk) throws ImagingException {
        Chunks chunks = layout.chunks();
        long from = at * Sections.FRAME;
        ChunkProver.zero(window.clear());
        for (int i = firstChunk; i < chunks.count() && chunks.deviceOffset(i) < from + Sections.FRAME; i++) {
            ProvenChunk proven = prover.prove(i);
            boolean begins = chunks.deviceOffset(i) >= from;
            window.clear().position(begins ? (int) (chunks.deviceOffset(i) - from) : 0);
            window.put(begins ? proven.first() : proven.last());
        }
        FrameProofs proofs = new FrameProofs(at, 1);
        proofs.add(window.clear().limit(contentLength(at)));
        return proofs;
    }

    private ExtentList extents(ChunkInfo info, int firstChunk) {
        Chunks chunks = layout.chunks();
        long end = info.deviceOffset() + info.deviceLength();
        ExtentList.Builder extents = new ExtentList.Builder();
        for (int i = firstChunk; i < chunks.count() && chunks.deviceOffset(i) < end; i++) {
            long from = Math.max(info.deviceOffset(), chunks.deviceOffset(i));
            extents.add(from, Math.min(end, chunks.deviceEnd(i)) - from);
        }
        return extents.build();
    }

    private int contentLength(long at) {
        return (int) Math.min(Sections.FRAME, layout.deviceLength() - at * Sections.FRAME);
    }

    private static Digest zeros(int length) {
        return Digest.of(FrameProofs.sha256().digest(new byte[length]));
    }
}
