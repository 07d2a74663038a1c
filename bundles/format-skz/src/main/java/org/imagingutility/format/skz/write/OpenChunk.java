package org.imagingutility.format.skz.write;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.FrameWindows;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.UnreadableRanges;
import org.imagingutility.format.skz.structure.Limits;

/** A chunk that is being written: which frame is due next and which were written. For one thread. */
final class OpenChunk {
    private final ChunkDescription description;
    private final long fileOffset;
    private final ImageSpec spec;
    private final FrameWindows windows;
    private final List<FrameEntry> frames;
    private int unreadableCount;
    private long unreadableBytes;

    OpenChunk(ChunkDescription description, long fileOffset, ImageSpec spec) {
        this.description = description;
        this.fileOffset = fileOffset;
        this.spec = spec;
        this.windows = new FrameWindows(description.extents(), spec.frameSize());
        this.frames = new ArrayList<>(description.frameCount());
    }

    ChunkDescription description() {
        return description;
    }

    long fileOffset() {
        return fileOffset;
    }

    List<FrameEntry> frames() {
        return frames;
    }

    /** Checks that {@code frame} is the one that is due, with {@code storedBytes} bytes at hand. */
    void requireNext(FrameInfo frame, int storedBytes) throws UsageException {
        if (!windows.hasNext()) {
            throw new IllegalStateException("frame " + frame.frameIndex() + " comes after the last one of chunk "
                    + description.chunkIndex());
        }
        long due = windows.next();
        if (frame.frameIndex() != due || frame.contentLength() != spec.contentLength(due)) {
            throw new IllegalArgumentException("frame " + frame.frameIndex() + " of " + frame.contentLength()
                    + " bytes, expected frame " + due + " of " + spec.contentLength(due));
        }
        if (frame.storedLength() != storedBytes || storedBytes > Limits.storedLength(frame.contentLength())) {
            throw new IllegalArgumentException("frame " + due + " has " + storedBytes + " stored bytes, it says "
                    + frame.storedLength() + ", at most " + Limits.storedLength(frame.contentLength()) + " are allowed");
        }
        String fault = UnreadableRanges.fault(frame, description.extents(), spec);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        if (frame.unreadable().count() > Limits.UNREADABLE_PER_CHUNK - unreadableCount) {
            throw new UsageException("chunk " + description.chunkIndex() + " has more than " + Limits.UNREADABLE_PER_CHUNK
                    + " unreadable ranges", "use smaller chunks");
        }
    }

    /** Adds the frame that was due. */
    void add(FrameEntry entry) {
        frames.add(entry);
        unreadableCount += entry.frame().unreadable().count();
        unreadableBytes += entry.frame().unreadable().totalLength();
    }

    /** Checks that no frame is missing. */
    void requireComplete() {
        if (windows.hasNext()) {
            throw new IllegalStateException("chunk " + description.chunkIndex() + " ends after " + frames.size() + " of "
                    + description.frameCount() + " frames");
        }
    }

    /**
     * Returns the index slot of the chunk, whose table lies at {@code tableOffset} in the file and ends at {@code fileEnd}.
     */
    IndexSlot slot(long tableOffset, long fileEnd, Digest digest) {
        ChunkInfo chunk = new ChunkInfo(description.chunkIndex(), description.deviceOffset(),
                description.deviceLength(), fileOffset, fileEnd - fileOffset, frames.size(),
                description.codecWireId(), digest, unreadableBytes);
        return new IndexSlot(chunk, description.level(), tableOffset - fileOffset, description.extents().totalLength());
    }
}
