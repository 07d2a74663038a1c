package org.imagingutility.tck.container;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.ResumePoint;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.store.MemoryImageFile;
import org.imagingutility.tck.store.MemoryImageFile.Operation;

/**
 * The writing of a sample, from its begin or from where an unfinished image ends: what was done to the file, and when what
 * was written.
 *
 * @param operations what was done to the file
 * @param marks what was written after how many operations, in order; the first one when the image was started or resumed
 * @param content the finished image
 */
record RecordedJob(List<Operation> operations, List<Mark> marks, byte[] content) {

    /**
     * What was written at a moment.
     *
     * @param operations how many operations had been done at most
     * @param chunks whole chunks
     * @param frames frames in all, those of the open chunk included
     */
    record Mark(int operations, int chunks, int frames) {
    }

    /** Writes {@code sample} from its begin. */
    static RecordedJob whole(ContainerFormat format, SampleImage sample) throws ImagingException {
        MemoryImageFile file = new MemoryImageFile();
        List<Mark> marks = new ArrayList<>();
        try (ImageWriter writer = format.create(file, sample.spec(), sample.codecs())) {
            write(writer, sample, sample.chunks(), 0, 0, file, marks);
        }
        return new RecordedJob(file.operations(), marks, file.content());
    }

    /** Resumes what is whole in {@code content}. */
    static RecordedJob resumed(ContainerFormat format, SampleImage sample, byte[] content) throws ImagingException {
        MemoryImageFile file = MemoryImageFile.of(content);
        try (UnfinishedImage image = format.reopen(file, sample.codecs())) {
            int frames = image.partialChunk().map(partial -> partial.frames().size()).orElse(0);
            return resumed(image, sample, image.chunkCount(), frames, file);
        }
    }

    /** Resumes {@code image}, whose file is {@code file}, with the settings that it was started with. */
    static RecordedJob resumed(UnfinishedImage image, SampleImage sample, int keptChunks, int keptFrames,
            MemoryImageFile file) throws ImagingException {
        List<Mark> marks = new ArrayList<>();
        ResumePoint point = new ResumePoint(keptChunks, keptFrames, sample.spec().codecWireId(), sample.spec().level(),
                sample.spec().chunkSize());
        try (ImageWriter writer = image.resume(point)) {
            write(writer, sample, sample.chunks(), keptChunks, keptFrames, file, marks);
        }
        return new RecordedJob(file.operations(), marks, file.content());
    }

    private static void write(ImageWriter writer, SampleImage sample, List<ChunkPlan> chunks, int keptChunks,
            int keptFrames, MemoryImageFile file, List<Mark> marks) throws ImagingException {
        int frames = sample.frameCount(keptChunks) + keptFrames;
        marks.add(new Mark(file.operations().size(), keptChunks, frames));
        for (int i = keptChunks; i < chunks.size(); i++) {
            List<FrameInfo> left = sample.frames(chunks.get(i));
            if (i == keptChunks && keptFrames > 0) {
                left = left.subList(keptFrames, left.size());
            } else {
                writer.beginChunk(chunks.get(i));
            }
            for (FrameInfo frame : left) {
                sample.write(writer, frame);
                marks.add(new Mark(file.operations().size(), i, ++frames));
            }
            writer.endChunk();
            marks.add(new Mark(file.operations().size(), i + 1, frames));
        }
        writer.finish(SampleImage.STATISTICS);
    }

    /** Returns what was written when {@code count} operations had been done, or null if the image had not been started. */
    Mark at(int count) {
        Mark last = null;
        for (Mark mark : marks) {
            last = mark.operations() <= count ? mark : last;
        }
        return last;
    }
}
