package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * The structure before the head of a frame parts of which could not be read from the device: which parts. The content
 * has zeros there, so only this tells them from zeros that were read.
 */
public final class UnreadableRanges {
    /** Bytes before the first range. */
    private static final int HEAD_LENGTH = StructureLengths.UNREADABLE_HEAD;
    /** Bytes of a range. */
    private static final int RANGE_LENGTH = StructureLengths.UNREADABLE_RANGE;

    private UnreadableRanges() {
    }

    /** Returns the bytes of the structure with {@code count} ranges; without ranges there is none. */
    public static int length(int count) {
        return count == 0 ? 0 : HEAD_LENGTH + count * RANGE_LENGTH + Structure.CRC_LENGTH;
    }

    /** Returns how many ranges all of {@code frames} have. */
    static int count(List<FrameEntry> frames) {
        int count = 0;
        for (FrameEntry entry : frames) {
            count += entry.frame().unreadable().count();
        }
        return count;
    }

    /** Returns the bytes of device that could not be read in all of {@code frames}. */
    public static long bytes(List<FrameEntry> frames) {
        long bytes = 0;
        for (FrameEntry entry : frames) {
            bytes += entry.frame().unreadable().totalLength();
        }
        return bytes;
    }

    /** Returns the structure of a frame that has unreadable ranges. */
    public static ByteBuffer encode(FrameInfo frame, int frameSize, long imageId, StructureWriter out) {
        ExtentList ranges = frame.unreadable();
        long start = frame.frameIndex() * frameSize;
        out.begin(StructureKind.UNREADABLE).u64(imageId).u64(frame.frameIndex()).u32(ranges.count());
        for (int i = 0; i < ranges.count(); i++) {
            out.u32((int) (ranges.offset(i) - start)).u32((int) ranges.length(i));
        }
        return out.end();
    }

    /** Takes the structure of frame {@code frameIndex} apart; {@code extents} are those of its chunk. */
    public static ExtentList parse(ByteBuffer whole, long frameIndex, ExtentList extents, long imageId, ImageSpec spec,
            ImagePosition place) throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.UNREADABLE, place);
        in.imageId(imageId);
        in.u64("frame index", frameIndex, frameIndex);
        int count = in.u32("count of ranges", 1, Math.min(Limits.UNREADABLE_PER_CHUNK, in.remaining() / RANGE_LENGTH));
        long start = frameIndex * spec.frameSize();
        int contentLength = spec.contentLength(frameIndex);
        Collector ranges = new Collector(frameIndex, extents, spec, in);
        for (int i = 0; i < count; i++) {
            int offset = in.u32("offset of a range", 0, contentLength - 1);
            ranges.add(start + offset, in.u32("length of a range", 1, contentLength));
        }
        in.end();
        return ranges.get();
    }

    /** Says what is wrong with the ranges of {@code frame} in a chunk with {@code extents}, null if nothing is. */
    public static String fault(FrameInfo frame, ExtentList extents, ImageSpec spec) {
        ExtentList ranges = frame.unreadable();
        long start = frame.frameIndex() * spec.frameSize();
        for (int i = 0; i < ranges.count(); i++) {
            if (!fits(ranges.offset(i), ranges.length(i), start, start + frame.contentLength(), extents)) {
                return fault(ranges.offset(i), ranges.length(i), frame.frameIndex());
            }
        }
        return null;
    }

    private static boolean fits(long offset, long length, long from, long to, ExtentList extents) {
        int extent = extents.firstEndingAfter(offset);
        return offset >= from && length <= to - offset && extent < extents.count()
                && extents.offset(extent) <= offset && length <= extents.end(extent) - offset;
    }

    private static String fault(long offset, long length, long frameIndex) {
        return "the unreadable range " + offset + "+" + length + " is not in frame " + frameIndex
                + ", not in one extent, or not behind the one before it";
    }

    /** Collects the ranges of one frame as they are read, and refuses any that does not lie in it. For one thread. */
    static final class Collector {
        private final long frameIndex;
        private final long start;
        private final long end;
        private final ExtentList extents;
        private final StructureReader in;
        private final ExtentList.Builder ranges = new ExtentList.Builder();
        private long lastEnd = -1;

        Collector(long frameIndex, ExtentList extents, ImageSpec spec, StructureReader in) {
            this.frameIndex = frameIndex;
            this.start = frameIndex * spec.frameSize();
            this.end = start + spec.contentLength(frameIndex);
            this.extents = extents;
            this.in = in;
        }

        /** Says whether a range that begins at {@code offset} is none of a later frame. */
        boolean takes(long offset) {
            return offset < end;
        }

        void add(long offset, long length) throws ImageDamagedException {
            if (offset <= lastEnd || !fits(offset, length, start, end, extents)) {
                throw in.damaged(fault(offset, length, frameIndex));
            }
            ranges.add(offset, length);
            lastEnd = offset + length;
        }

        /** Returns the ranges, at least one. */
        ExtentList get() throws ImageDamagedException {
            if (lastEnd < 0) {
                throw in.damaged("frame " + frameIndex + " has no unreadable range, its flags say that it has");
            }
            return ranges.build();
        }
    }
}
