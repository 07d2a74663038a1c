package org.imagingutility.format.skz;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;

/** An image that is to be damaged, its bytes, and what the tests need to know of it. */
record Sample(String name, TestImage source, byte[] bytes, boolean streamed) {
    static List<Sample> all() throws ImagingException {
        return List.of(new Sample("small", TestImage.small(1), TestImage.small(1).bytes(), false),
                new Sample("tail gap", TestImage.withTailGap(2), TestImage.withTailGap(2).bytes(), false),
                new Sample("unreadable", TestImage.unreadable(3), TestImage.unreadable(3).bytes(), false),
                new Sample("several blocks", TestImage.many(7).planned(2, 7), TestImage.many(7).planned(2, 7).bytes(), false),
                onePass());
    }

    static Sample onePass() throws ImagingException {
        TestImage source = TestImage.small(4);
        MemoryFile file = new MemoryFile(false);
        source.write(file);
        return new Sample("streamed", source, file.toBytes(), true);
    }

    Layout layout() throws ImagingException {
        return Layout.of(bytes);
    }

    List<FrameEntry> frames() throws ImagingException {
        List<FrameEntry> frames = new ArrayList<>();
        try (ImageReader reader = new SkzFormat().open(MemoryFile.of(bytes), TestImage.CODECS)) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                frames.addAll(reader.table(i).frames());
            }
        }
        return frames;
    }

    /** Returns the windows of the frames whose stored bytes or heads lie in {@code [from, to)}. */
    ExtentList framesIn(int from, int to) throws ImagingException {
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
    ExtentList chunksIn(int from, int to) throws ImagingException {
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
