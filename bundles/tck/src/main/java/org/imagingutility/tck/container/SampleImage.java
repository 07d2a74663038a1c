package org.imagingutility.tck.container;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.store.MemoryImageFile;

/**
 * An image to be written by a container format. The stored bytes of its frames are made up: a container does not look
 * into them. So a frame of 64 KiB can be stored in few bytes, and every byte of a small image can be tampered with.
 */
final class SampleImage {
    static final int FRAME = ImageSpec.MIN_FRAME_SIZE;
    static final Metadata STATISTICS = Metadata.of(Map.of("statistics.text", "käse", "statistics.number", 42L));
    private static final Metadata DEVICE = Metadata.of(Map.of("device.model", "sample", "device.bad", false));
    private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);

    private final ImageSpec spec;
    private final Codec codec;
    private final List<ChunkPlan> chunks;
    private final List<FrameInfo> frames = new ArrayList<>();
    private final Map<Long, byte[]> stored = new HashMap<>();
    private final ExtentList extents;
    private final ExtentList unreadable;
    private final int seed;

    /**
     * Makes an image.
     *
     * @param codec codec it names; its zero runs are used between frames
     * @param deviceLength bytes
     * @param framesPerChunk the most windows a chunk covers
     * @param extents what is in use
     * @param seed decides the stored bytes
     */
    SampleImage(Codec codec, long deviceLength, int framesPerChunk, ExtentList extents, int seed) {
        this(codec, deviceLength, framesPerChunk, extents, seed, -1);
    }

    /** Makes an image that expects {@code plannedChunks} chunks; -1 for as many as it has. */
    SampleImage(Codec codec, long deviceLength, int framesPerChunk, ExtentList extents, int seed, int plannedChunks) {
        this(codec, deviceLength, framesPerChunk, extents, ExtentList.empty(), seed, plannedChunks);
    }

    /** Makes an image of a device that has {@code unreadable} ranges, all of them in {@code extents}. */
    SampleImage(Codec codec, long deviceLength, int framesPerChunk, ExtentList extents, ExtentList unreadable, int seed,
            int plannedChunks) {
        this.unreadable = unreadable;
        this.codec = codec;
        this.seed = seed;
        long chunkSize = (long) framesPerChunk * FRAME;
        this.extents = extents;
        this.chunks = plan(0, deviceLength, chunkSize, extents);
        long frameCount = chunks.stream().mapToLong(chunk -> windows(chunk).size()).sum();
        this.spec = new ImageSpec(deviceLength, 512, FRAME, chunkSize, codec.name(), codec.wireId(),
                codec.traits().defaultLevel(), true, CREATED, plannedChunks < 0 ? chunks.size() : plannedChunks,
                frameCount, DEVICE);
        chunks.forEach(chunk -> windows(chunk).forEach(this::makeFrame));
    }

    private static List<ChunkPlan> plan(long start, long deviceLength, long chunkSize, ExtentList extents) {
        List<ChunkPlan> chunks = new ArrayList<>();
        for (long offset = start; offset < deviceLength; offset += chunkSize) {
            long length = Math.min(chunkSize, deviceLength - offset);
            ExtentList within = extents.within(offset, length);
            if (within.count() > 0) {
                chunks.add(new ChunkPlan(offset, length, within));
            }
        }
        return chunks;
    }

    /** Returns the indexes of the windows that an extent of the chunk touches. */
    private static TreeSet<Long> windows(ChunkPlan chunk) {
        TreeSet<Long> windows = new TreeSet<>();
        ExtentList extents = chunk.extents();
        for (int i = 0; i < extents.count(); i++) {
            for (long window = extents.offset(i) / FRAME; window <= (extents.end(i) - 1) / FRAME; window++) {
                windows.add(window);
            }
        }
        return windows;
    }

    private void makeFrame(long index) {
        int contentLength = spec.contentLength(index);
        boolean zero = index % 3 == 1 && contentLength <= codec.traits().maxZeroRun();
        byte[] bytes = zero ? zeroRun(contentLength)
                : Content.random(40 + (int) (index % 7), seed * 1_000_003L + index);
        stored.put(index, bytes);
        frames.add(new FrameInfo(index, zero ? FrameKind.ZERO : FrameKind.DATA, contentLength, bytes.length,
                crc32c(bytes), sha256(zero ? new byte[contentLength] : bytes),
                unreadable.within(index * FRAME, contentLength)));
    }

    private byte[] zeroRun(int count) {
        try {
            ByteBuffer run = ByteBuffer.allocateDirect(codec.zeroRunLength(count));
            codec.encodeZeroRun(count, run);
            return Content.bytes(run.flip());
        } catch (CodecException e) {
            throw new AssertionError("codec " + codec.name() + " writes no run of " + count + " zeros", e);
        }
    }

    ImageSpec spec() {
        return spec;
    }

    List<ChunkPlan> chunks() {
        return chunks;
    }

    /** Divides what lies behind byte {@code start} of the device into chunks of at most {@code chunkSize}. */
    List<ChunkPlan> plan(long start, long chunkSize) {
        return plan(start, spec.deviceLength(), chunkSize, extents);
    }

    /** Returns the first byte of device behind chunk {@code chunkIndex}. */
    long end(int chunkIndex) {
        return chunks.get(chunkIndex).deviceOffset() + chunks.get(chunkIndex).deviceLength();
    }

    /** Returns how many frames the first {@code chunkCount} chunks have. */
    int frameCount(int chunkCount) {
        return chunks.subList(0, chunkCount).stream().mapToInt(chunk -> frames(chunk).size()).sum();
    }

    /** Returns the frames of one chunk. */
    List<FrameInfo> frames(ChunkPlan chunk) {
        TreeSet<Long> windows = windows(chunk);
        return frames.stream().filter(frame -> windows.contains(frame.frameIndex())).toList();
    }

    byte[] stored(FrameInfo frame) {
        return stored.get(frame.frameIndex());
    }

    long usedBytes() {
        return chunks.stream().mapToLong(chunk -> chunk.extents().totalLength()).sum();
    }

    long unreadableBytes(ChunkPlan chunk) {
        return unreadable.within(chunk.deviceOffset(), chunk.deviceLength()).totalLength();
    }

    CodecLookup codecs() {
        return (wireId, neededBy) -> {
            if (wireId != codec.wireId()) {
                throw new PluginMissingException("codec", Integer.toString(wireId), neededBy, List.of(codec.name()));
            }
            return codec;
        };
    }

    /** Writes the whole image. */
    ImageDigests write(ContainerFormat format, ImageFile file) throws ImagingException {
        try (ImageWriter writer = format.create(file, spec, codecs())) {
            for (ChunkPlan chunk : chunks) {
                write(writer, chunk);
            }
            ImageDigests digests = writer.finish(STATISTICS);
            Expect.equal(file.length(), writer.length(), "length of the finished image");
            return digests;
        }
    }

    void write(ImageWriter writer, ChunkPlan chunk) throws ImagingException {
        writer.beginChunk(chunk);
        for (FrameInfo frame : frames(chunk)) {
            write(writer, frame);
        }
        writer.endChunk();
    }

    void write(ImageWriter writer, FrameInfo frame) throws ImagingException {
        writer.writeFrame(frame, direct(stored(frame)));
    }

    /** Returns the bytes of the image as {@code format} writes it. */
    byte[] written(ContainerFormat format) throws ImagingException {
        MemoryImageFile file = new MemoryImageFile();
        write(format, file);
        return file.content();
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    static int crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    static Digest sha256(byte[] bytes) {
        try {
            return Digest.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
