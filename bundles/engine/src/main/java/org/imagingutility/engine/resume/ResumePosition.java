package org.imagingutility.engine.resume;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.error.ImagingException;

/**
 * What of an unfinished image is kept.
 *
 * @param chunks whole chunks
 * @param framesOfNext frames of the chunk behind them
 * @param frames frames in all
 * @param usedBytes bytes of device in use in them
 * @param checkedFrames how many of the image's frames were decoded
 * @param comparedBytes how many bytes were compared with the device
 */
public record ResumePosition(int chunks, int framesOfNext, long frames, long usedBytes, long checkedFrames, long comparedBytes) {

    /** Keeps all there is. */
    public static ResumePosition all(UnfinishedChunks image) throws ImagingException {
        int last = image.chunkCount() - 1;
        boolean partial = last >= 0 && !image.isComplete(last);
        return partial ? upTo(image, last, image.summary(last).frameCount()) : upTo(image, last + 1, 0);
    }

    /** Keeps the chunks that end at or before {@code deviceOffset}. */
    static ResumePosition before(UnfinishedChunks image, long deviceOffset) throws ImagingException {
        for (int i = 0; i < image.chunkCount(); i++) {
            ChunkSummary chunk = image.summary(i);
            if (!image.isComplete(i) || chunk.deviceEnd() > deviceOffset) {
                // a begun chunk has its extents already: if they are not those of the device, nothing of it can be kept
                return upTo(image, i, chunk.deviceEnd() > deviceOffset ? 0 : chunk.frameCount());
            }
        }
        return all(image);
    }

    /** Keeps {@code chunks} chunks and {@code framesOfNext} frames of the next. */
    static ResumePosition upTo(UnfinishedChunks image, int chunks, int framesOfNext) throws ImagingException {
        long frames = 0;
        long usedBytes = 0;
        for (int i = 0; i < chunks; i++) {
            ChunkSummary chunk = image.summary(i);
            frames += chunk.frameCount();
            usedBytes += chunk.usedBytes();
        }
        if (framesOfNext > 0) {
            UnfinishedChunk chunk = image.chunk(chunks);
            frames += framesOfNext;
            usedBytes += usedBytes(chunk, framesOfNext, image.image().spec().frameSize());
        }
        return new ResumePosition(chunks, framesOfNext, frames, usedBytes, 0, 0);
    }

    private static long usedBytes(UnfinishedChunk chunk, int frames, int frameSize) {
        ExtentList extents = chunk.plan().extents();
        long used = 0;
        for (FrameEntry entry : chunk.frames().subList(0, frames)) {
            used += extents.within(entry.frame().frameIndex() * frameSize, entry.frame().contentLength()).totalLength();
        }
        return used;
    }

    /** Returns the same with what was looked at added. */
    ResumePosition with(long checked, long compared) {
        return new ResumePosition(chunks, framesOfNext, frames, usedBytes, checkedFrames + checked, comparedBytes + compared);
    }

    /** Returns the number of chunks of which something is kept. */
    public int chunksTouched() {
        return chunks + (framesOfNext > 0 ? 1 : 0);
    }

    /** Returns how many frames of chunk {@code index}, which has {@code frameCount}, are kept. */
    int framesOf(int index, int frameCount) {
        return index < chunks ? frameCount : index == chunks ? framesOfNext : 0;
    }
}
