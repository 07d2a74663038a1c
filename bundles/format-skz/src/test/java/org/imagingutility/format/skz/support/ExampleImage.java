package org.imagingutility.format.skz.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;

/**
 * The image that {@code docs/image-format.md} shows byte by byte. A device of four windows and one sector: nothing, the
 * byte 0xA5, some zeros that are in use, nothing, nothing. Its data frame is made by hand, as short as can be, so that
 * its bytes do not depend on the version of a library.
 */
public final class ExampleImage {
    static final int FRAME = 64 << 10;
    private static final byte CONTENT = (byte) 0xA5;

    private ExampleImage() {
    }

    public static byte[] device() {
        byte[] device = new byte[4 * FRAME + 512];
        Arrays.fill(device, FRAME, 2 * FRAME, CONTENT);
        return device;
    }

    public static byte[] image() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        ImageSpec spec = new ImageSpec(4L * FRAME + 512, 512, FRAME, 2L * FRAME, TestImage.CODEC.name(),
                TestImage.CODEC.wireId(), 3, true, Instant.parse("2026-11-22T00:00:00Z"), 2, 2,
                Metadata.of(Map.of("device.model", "Example")));
        try (ImageWriter writer = new SkzFormat().create(file, spec, TestImage.CODECS)) {
            writer.beginChunk(new ChunkPlan(0, 2L * FRAME, extents(FRAME, FRAME)));
            ByteBuffer stored = dataFrame();
            writer.writeFrame(new FrameInfo(1, FrameKind.DATA, FRAME, stored.remaining(), TestImage.crc(stored),
                    TestImage.sha(Arrays.copyOfRange(device(), FRAME, 2 * FRAME))), stored);
            writer.endChunk();
            writer.beginChunk(new ChunkPlan(2L * FRAME, 2L * FRAME, extents(2 * FRAME + 4096, 8192)));
            SyntheticFrames.zero(writer, spec, 2);
            writer.endChunk();
            writer.finish(Metadata.of(Map.of("frames.zero", 1L)));
        }
        return file.toBytes();
    }

    private static ExtentList extents(long offset, long length) {
        return new ExtentList.Builder().add(offset, length).build();
    }

    /** A zstd frame of one RLE block: RFC 8878 section 3.1.1, single segment, content size in four bytes, no checksum. */
    private static ByteBuffer dataFrame() {
        return ByteBuffer.allocateDirect(13).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xFD2FB528).put((byte) 0xA0).putInt(FRAME)
                .put((byte) 0x03).putShort((short) (FRAME >>> 5)).put(CONTENT).flip();
    }
}
