package org.imagingutility.format.skz.support;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.codec.zstd.ZstdCodec;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.layout.FrameWindows;

/**
 * A small device and the calls that make an image of it: 64 KiB frames, chunks of at most four, a gap at the begin,
 * between chunks, within one and at the end, a frame of zeros, a window with several extents, a short last frame.
 */
public final class TestImage {
    public static final int FRAME = 64 << 10;
    public static final Codec CODEC = new ZstdCodec();
    public static final CodecLookup CODECS = (wireId, neededBy) -> {
        if (wireId != CODEC.wireId()) {
            throw new PluginMissingException("codec", Integer.toString(wireId), neededBy, List.of(CODEC.name()));
        }
        return CODEC;
    };
    public static final Metadata STATISTICS = Metadata.of(Map.of("image.seconds", 3L, "verified", false));

    private final byte[] device;
    private final List<ChunkPlan> plans;
    private ExtentList unreadable = ExtentList.empty();
    private int framesPerChunk = 4;
    private long plannedChunks;
    private long plannedFrames;
    private Metadata metadata = Metadata.of(Map.of("device.model", "Übung \"1\"", "device.sectors", 1L << 40));

    private TestImage(byte[] device, List<ChunkPlan> plans) {
        this.device = device;
        this.plans = plans;
        this.plannedChunks = plans.size();
        this.plannedFrames = plans.stream().mapToLong(plan -> FrameWindows.count(plan.extents(), FRAME)).sum();
    }

    /** The image this class describes; the content depends on {@code seed}. */
    public static TestImage small(long seed) {
        byte[] device = new byte[17 * FRAME + 1536];
        fill(device, 1, 5, seed);
        fill(device, 8, 9, seed + 1);
        fill(device, 11, 12, seed + 2);
        fill(device, 13, 17, seed + 3);
        Arrays.fill(device, 3 * FRAME, 4 * FRAME, (byte) 0);
        Arrays.fill(device, 17 * FRAME, device.length, (byte) 0x5A);
        ExtentList scattered = new ExtentList.Builder().add(8L * FRAME, 4096).add(8L * FRAME + 8192, 512)
                .add(8L * FRAME + 20480, 4096).add(11L * FRAME + 4096, FRAME - 4096).build();
        Arrays.fill(device, 8 * FRAME + 4096, 8 * FRAME + 8192, (byte) 0);
        Arrays.fill(device, 8 * FRAME + 8704, 8 * FRAME + 20480, (byte) 0);
        Arrays.fill(device, 8 * FRAME + 24576, 9 * FRAME, (byte) 0);
        Arrays.fill(device, 11 * FRAME, 11 * FRAME + 4096, (byte) 0);
        return new TestImage(device, List.of(
                plan(1, 4, extent(1L * FRAME, 4L * FRAME)),
                plan(8, 4, scattered),
                plan(13, 4, extent(13L * FRAME, 4L * FRAME)),
                new ChunkPlan(17L * FRAME, 1536, extent(17L * FRAME, 1536))));
    }

    /** {@link #small} with a last chunk that leaves a gap behind its data and one behind it. */
    public static TestImage withTailGap(long seed) {
        byte[] device = new byte[20 * FRAME];
        fill(device, 1, 3, seed);
        fill(device, 9, 10, seed + 1);
        return new TestImage(device, List.of(
                plan(0, 4, extent(1L * FRAME, 2L * FRAME)),
                plan(8, 4, extent(9L * FRAME, 1L * FRAME))));
    }

    /**
     * {@link #small} of a device with unreadable ranges: one sector, a whole frame and more, one over a
     * border of chunks' frames.
     */
    public static TestImage unreadable(long seed) {
        TestImage image = small(seed);
        image.unreadable = new ExtentList.Builder().add(2L * FRAME + 1024, 512).add(2L * FRAME + 2048, 1024)
                .add(3L * FRAME - 512, FRAME + 1024).add(8L * FRAME + 8192, 512).add(15L * FRAME - 4096, 8192).build();
        for (int i = 0; i < image.unreadable.count(); i++) {
            Arrays.fill(image.device, (int) image.unreadable.offset(i), (int) image.unreadable.end(i), (byte) 0);
        }
        return image;
    }

    /** This image of a device whose unreadable ranges were read after all, and are zero. */
    public TestImage withoutUnreadable() {
        return new TestImage(device, plans);
    }

    /** One chunk of {@code frameCount} frames of zeros. */
    public static TestImage oneChunk(int frameCount) {
        TestImage image = new TestImage(new byte[frameCount * FRAME],
                List.of(plan(0, frameCount, extent(0, (long) frameCount * FRAME))));
        image.framesPerChunk = frameCount;
        return image;
    }

    /** {@code chunkCount} chunks of one frame each. */
    public static TestImage many(int chunkCount) {
        byte[] device = new byte[chunkCount * FRAME];
        List<ChunkPlan> plans = new ArrayList<>();
        for (int i = 0; i < chunkCount; i++) {
            device[i * FRAME] = (byte) (i + 1);
            plans.add(plan(i, 1, extent((long) i * FRAME, FRAME)));
        }
        return new TestImage(device, plans);
    }

    public TestImage planned(long chunks, long frames) {
        plannedChunks = chunks;
        plannedFrames = frames;
        return this;
    }

    public TestImage metadata(Metadata other) {
        metadata = other;
        return this;
    }

    private static void fill(byte[] device, int firstFrame, int behind, long seed) {
        byte[] text = new byte[(behind - firstFrame) * FRAME];
        Random random = new Random(seed);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : i >>> 5);
        }
        System.arraycopy(text, 0, device, firstFrame * FRAME, text.length);
    }

    private static ChunkPlan plan(int firstFrame, int frameCount, ExtentList extents) {
        return new ChunkPlan((long) firstFrame * FRAME, (long) frameCount * FRAME, extents);
    }

    private static ExtentList extent(long offset, long length) {
        return new ExtentList.Builder().add(offset, length).build();
    }

    public byte[] device() {
        return device;
    }

    public ExtentList unreadable() {
        return unreadable;
    }

    public List<ChunkPlan> plans() {
        return plans;
    }

    public ImageSpec spec() {
        return new ImageSpec(device.length, 512, FRAME, (long) framesPerChunk * FRAME, CODEC.name(), CODEC.wireId(), 3, true,
                Instant.ofEpochSecond(1_700_000_000), plannedChunks, plannedFrames, metadata);
    }

    /** Writes the image and returns its bytes. */
    public byte[] bytes() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        write(file);
        return file.toBytes();
    }

    public void write(ImageFile file) throws ImagingException {
        try (ImageWriter writer = new SkzFormat().create(file, spec(), CODECS)) {
            writeChunks(writer);
            writer.finish(STATISTICS);
        }
    }

    public void writeChunks(ImageWriter writer) throws ImagingException {
        writeChunks(writer, 0, 0);
    }

    /** Writes what is missing behind {@code chunks} chunks and {@code frames} frames of the next. */
    public void writeChunks(ImageWriter writer, int chunks, int frames) throws ImagingException {
        try (FrameCompressor compressor = CODEC.newCompressor(3)) {
            for (ChunkPlan plan : plans.subList(chunks, plans.size())) {
                FrameWindows windows = new FrameWindows(plan.extents(), FRAME);
                boolean begun = frames > 0 && plan == plans.get(chunks);
                for (int i = 0; begun && i < frames; i++) {
                    windows.next();
                }
                if (!begun) {
                    writer.beginChunk(plan);
                }
                while (windows.hasNext()) {
                    writeFrame(writer, windows.next(), compressor);
                }
                writer.endChunk();
            }
        }
    }

    private void writeFrame(ImageWriter writer, long frameIndex, FrameCompressor compressor) throws ImagingException {
        int start = Math.toIntExact(frameIndex * FRAME);
        byte[] content = Arrays.copyOfRange(device, start, Math.min(device.length, start + FRAME));
        boolean zero = Arrays.equals(content, new byte[content.length]);
        ByteBuffer stored = ByteBuffer.allocateDirect(CODEC.maxStoredLength(content.length));
        if (zero) {
            CODEC.encodeZeroRun(content.length, stored);
        } else {
            compressor.compress(ByteBuffer.allocateDirect(content.length).put(content).flip(), stored);
        }
        stored.flip();
        writer.writeFrame(new FrameInfo(frameIndex, zero ? FrameKind.ZERO : FrameKind.DATA, content.length,
                stored.remaining(), crc(stored), sha(content), unreadable.within(start, content.length)), stored);
    }

    static int crc(ByteBuffer stored) {
        CRC32C crc = new CRC32C();
        crc.update(stored.duplicate());
        return (int) crc.getValue();
    }

    public static Digest sha(byte[] content) {
        try {
            return Digest.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Restores the whole device from an image, checking what a restoring program checks. */
    public static byte[] restore(ImageReader reader) throws ImagingException {
        byte[] device = new byte[Math.toIntExact(reader.info().spec().deviceLength())];
        try (FrameDecompressor decompressor = CODEC.newDecompressor()) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                ChunkTable table = reader.table(i);
                for (FrameEntry entry : table.frames()) {
                    ByteBuffer stored = ByteBuffer.allocateDirect(entry.frame().storedLength());
                    reader.readStored(entry, stored);
                    if (crc(stored.flip()) != entry.frame().storedCrc32c()) {
                        throw new AssertionError("CRC-32C of frame " + entry.frame().frameIndex());
                    }
                    ByteBuffer content = ByteBuffer.allocateDirect(entry.frame().contentLength());
                    decompressor.decompress(stored, content);
                    content.flip().get(device, Math.toIntExact(entry.frame().frameIndex() * FRAME), content.limit());
                }
            }
        }
        return device;
    }
}
