package org.imagingutility.format.skz.support;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;

/** Frames for images that need no content. */
public final class SyntheticFrames {
    private SyntheticFrames() {
    }

    /** Writes frame {@code frameIndex} as zeros. */
    public static void zero(ImageWriter writer, ImageSpec spec, long frameIndex) throws ImagingException {
        int length = spec.contentLength(frameIndex);
        ByteBuffer stored = ByteBuffer.allocateDirect(TestImage.CODEC.zeroRunLength(length));
        TestImage.CODEC.encodeZeroRun(length, stored);
        stored.flip();
        writer.writeFrame(new FrameInfo(frameIndex, FrameKind.ZERO, length, stored.remaining(), TestImage.crc(stored),
                TestImage.sha(new byte[length])), stored);
    }
}
