package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/** The structure before the stored bytes of a frame. With it a frame can be read when its chunk has no table. */
public final class FrameHead {
    /** Bytes of the structure. */
    public static final int LENGTH = StructureLengths.FRAME_HEAD;

    private static final int HAS_UNREADABLE = 1;

    private FrameHead() {
    }

    /** Returns the head of {@code frame}, in the buffer of {@code out}. */
    public static ByteBuffer encode(FrameInfo frame, long imageId, StructureWriter out) {
        return out.begin(StructureKind.FRAME_HEAD).u64(imageId)
                .u64(frame.frameIndex())
                .u32(frame.contentLength()).u32(frame.storedLength()).u32(frame.storedCrc32c())
                .u8(code(frame.kind())).u8(flags(frame)).zeros(2)
                .digest(frame.contentDigest())
                .end();
    }

    /** Takes the head of a frame apart; {@code unreadable} is what the structure before it says, empty if there is none. */
    public static FrameInfo parse(ByteBuffer whole, ExtentList unreadable, long imageId, ImageSpec spec, ImagePosition place)
            throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.FRAME_HEAD, place);
        in.imageId(imageId);
        long frameIndex = in.u64("frame index", 0, spec.frameCount() - 1);
        int contentLength = contentLength(in, frameIndex, spec);
        int storedLength = in.u32("stored length", 1, Limits.storedLength(contentLength));
        int crc = in.bits32();
        FrameKind kind = kind(in);
        if (hasUnreadable(in) != unreadable.count() > 0) {
            throw in.damaged("its flags do not fit the " + unreadable.count() + " unreadable ranges before it");
        }
        Digest digest = in.digest();
        in.end();
        return new FrameInfo(frameIndex, kind, contentLength, storedLength, crc, digest, unreadable);
    }

    /** Reads the length of a frame's content, which its place on the device dictates. */
    static int contentLength(StructureReader in, long frameIndex, ImageSpec spec) throws ImageDamagedException {
        int expected = spec.contentLength(frameIndex);
        return in.u32("content length of frame " + frameIndex, expected, expected);
    }

    /** Returns the number that stands for {@code kind} in the file. */
    static int code(FrameKind kind) {
        return switch (kind) {
            case DATA -> 1;
            case ZERO -> 2;
        };
    }

    /** Returns the flags of {@code frame}. */
    static int flags(FrameInfo frame) {
        return frame.unreadable().count() > 0 ? HAS_UNREADABLE : 0;
    }

    /** Reads a frame's flags and the two zero bytes behind them; says whether the frame has unreadable ranges. */
    static boolean hasUnreadable(StructureReader in) throws ImageDamagedException {
        int flags = in.u8();
        in.zeros(2);
        if ((flags & ~HAS_UNREADABLE) != 0) {
            throw in.damaged("frame flags %d are unknown".formatted(flags));
        }
        return flags != 0;
    }

    /** Reads a frame's kind. */
    static FrameKind kind(StructureReader in) throws ImageDamagedException {
        int code = in.u8();
        return switch (code) {
            case 1 -> FrameKind.DATA;
            case 2 -> FrameKind.ZERO;
            default -> throw in.damaged("frame kind " + code + " is unknown");
        };
    }
}
