package org.imagingutility.format.skz.support;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;

/** An image that is to be damaged, its bytes, and what the tests need to know of it. */
public record SampleImage(String name, TestImage source, byte[] bytes, boolean streamed) {
    public static List<SampleImage> all() throws ImagingException {
        return List.of(new SampleImage("small", TestImage.small(1), TestImage.small(1).bytes(), false),
                new SampleImage("tail gap", TestImage.withTailGap(2), TestImage.withTailGap(2).bytes(), false),
                new SampleImage("unreadable", TestImage.unreadable(3), TestImage.unreadable(3).bytes(), false),
                new SampleImage("several blocks", TestImage.many(7).planned(2, 7), 
                        TestImage.many(7).planned(2, 7).bytes(), false),
                onePass());
    }

    static SampleImage onePass() throws ImagingException {
        TestImage source = TestImage.small(4);
        MemoryFile file = new MemoryFile(false);
        source.write(file);
        return new SampleImage("streamed", source, file.toBytes(), true);
    }

    public ImageLayout layout() throws ImagingException {
        return ImageLayout.of(bytes);
    }

    public List<FrameEntry> frames() throws ImagingException {
        List<FrameEntry> frames = new ArrayList<>();
        try (ImageReader reader = new SkzFormat().open(MemoryFile.of(bytes), TestImage.CODECS)) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                frames.addAll(reader.table(i).frames());
            }
        }
        return frames;
    }

    /** Returns the windows of the frames whose stored bytes or heads lie in {@code [from, to)}. */
    public ExtentList framesIn(int from, int to) throws ImagingException {
        ExtentList.Builder windows = new ExtentList.Builder();
        for (FrameEntry entry : frames()) {
            FrameInfo frame = entry.frame();
            if (entry.fileOffset() < to && entry.fileOffset() + frame.storedLength() > from) {
                windows.add(frame.frameIndex() * TestImage.FRAME, frame.contentLength());
            }
        }
        return windows.build();
    }

    /** Returns the ranges of device of the chunks that lie, at least in part, in {@code [from, to)}. */
    public ExtentList chunksIn(int from, int to) throws ImagingException {
        ExtentList.Builder ranges = new ExtentList.Builder();
        try (ImageReader reader = new SkzFormat().open(MemoryFile.of(bytes), TestImage.CODECS)) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                if (reader.chunk(i).fileOffset() < to && reader.chunk(i).fileOffset() + reader.chunk(i).fileLength() > from) {
                    ranges.add(reader.chunk(i).deviceOffset(), reader.chunk(i).deviceLength());
                }
            }
        }
        return ranges.build();
    }
}
