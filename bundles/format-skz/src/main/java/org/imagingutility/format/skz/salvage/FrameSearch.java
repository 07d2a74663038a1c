package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.FrameHead;
import org.imagingutility.format.skz.layout.UnreadableRanges;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/** Finds frames by their heads alone in a part of a file whose chunk tells nothing of them. For one thread. */
final class FrameSearch {
    /** Where a frame was found: {@code start} is the first byte of what stands before its stored bytes. */
    record Found(long start, FrameEntry entry) {
        long frameIndex() {
            return entry.frame().frameIndex();
        }

        /** Returns the first byte of the file behind the stored bytes. */
        long end() {
            return entry.fileOffset() + entry.frame().storedLength();
        }
    }

    private final DamagedImage image;
    private final ExtentList extents;
    private final long end;
    private final StructureScan scan;

    /** Creates a search in bytes {@code from} to {@code to}; frames lie in a chunk with {@code extents}. */
    FrameSearch(DamagedImage image, ExtentList extents, long from, long to, SearchMonitor monitor) {
        this.image = image;
        this.extents = extents;
        this.end = Math.min(to, image.in().length());
        this.scan = new StructureScan(image.in(), image.imageId(), from, to,
                EnumSet.of(StructureKind.UNREADABLE, StructureKind.FRAME_HEAD), monitor);
    }

    /** Returns the next frame whose number is in {@code [least, behind)}, or null. */
    Found next(long least, long behind) throws ImagingException {
        for (long offset = scan.next(); offset >= 0; offset = scan.next()) {
            Found found = read(image, extents, offset, end);
            if (found != null) {
                boolean wanted = found.frameIndex() >= least && found.frameIndex() < behind;
                scan.goOnAt(wanted ? found.end() : found.entry().fileOffset());
                if (wanted) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Reads what stands before the stored bytes of a frame, from {@code offset} on; null if none stands there whole. */
    static Found read(DamagedImage image, ExtentList extents, long offset, long end) throws ImagingException {
        ImageInput in = image.in();
        try {
            long headOffset = offset;
            ExtentList unreadable = ExtentList.empty();
            if (in.beginsAt(StructureKind.UNREADABLE, offset)) {
                ByteBuffer ranges = in.structure(StructureKind.UNREADABLE, offset, end);
                headOffset += ranges.limit();
                unreadable = ranges(image, ranges, extents, offset);
            }
            ByteBuffer head = in.structure(StructureKind.FRAME_HEAD, headOffset, FrameHead.LENGTH, end);
            FrameInfo frame = FrameHead.parse(head, unreadable, image.imageId(), image.header().spec(),
                    in.place(headOffset));
            long stored = headOffset + FrameHead.LENGTH;
            boolean same = unreadable.count() == 0 || unreadable.offset(0) / image.frameSize() == frame.frameIndex();
            return same && frame.storedLength() <= end - stored ? new Found(offset, new FrameEntry(frame, stored)) : null;
        } catch (ImageDamagedException | ImageReadException e) {
            // no frame stands here; its window is found missing
            return null;
        }
    }

    private static ExtentList ranges(DamagedImage image, ByteBuffer structure, ExtentList extents, long offset)
            throws ImagingException {
        int frameIndexAt = Structure.TAGGED_LENGTH + Long.BYTES;
        if (structure.limit() < frameIndexAt + Long.BYTES) {
            throw image.in().place(offset).damaged("structure of unreadable ranges ends early");
        }
        long frameIndex = structure.getLong(frameIndexAt);
        if (frameIndex < 0 || frameIndex >= image.header().spec().frameCount()) {
            throw image.in().place(offset).damaged("frame " + frameIndex + " is none of the device");
        }
        return UnreadableRanges.parse(structure, frameIndex, extents, image.imageId(), image.header().spec(),
                image.in().place(offset));
    }
}
