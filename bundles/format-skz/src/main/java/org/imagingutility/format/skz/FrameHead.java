package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;

/** The structure before the stored bytes of a frame. With it a frame can be read when its chunk has no table. */
final class FrameHead {
    /** Bytes of the structure. */
    static final int LENGTH = 84;

    private FrameHead() {
    }

    static ByteBuffer encode(FrameInfo frame, long imageId, StructureWriter out) {
        return out.begin(StructureKind.FRAME_HEAD).u64(imageId)
                .u64(frame.frameIndex())
                .u32(frame.contentLength()).u32(frame.storedLength()).u32(frame.storedCrc32c())
                .u8(code(frame.kind())).zeros(3)
                .digest(frame.contentDigest())
                .end();
    }

    static FrameInfo parse(ByteBuffer whole, long imageId, ImageSpec spec, Place place) throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.FRAME_HEAD, place);
        in.imageId(imageId);
        long frameIndex = in.u64("frame index", 0, spec.frameCount() - 1);
        int contentLength = contentLength(in, frameIndex, spec);
        int storedLength = in.u32("stored length", 1, Limits.storedLength(contentLength));
        int crc = in.bits32();
        FrameKind kind = kind(in);
        Digest digest = in.digest();
        in.end();
        return new FrameInfo(frameIndex, kind, contentLength, storedLength, crc, digest);
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

    /** Reads a frame's kind and the three zero bytes behind it. */
    static FrameKind kind(StructureReader in) throws ImageDamagedException {
        int code = in.u8();
        in.zeros(3);
        return switch (code) {
            case 1 -> FrameKind.DATA;
            case 2 -> FrameKind.ZERO;
            default -> throw in.damaged("frame kind " + code + " is unknown");
        };
    }
}
