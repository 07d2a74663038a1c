package org.imagingutility.engine.plugin.job;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32C;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/**
 * Whether a codec can take the place of another one of its name: what the job was promised still holds, a frame that
 * the earlier one stored gives its content, and what is compressed comes back. Used by several threads at once.
 */
final class CodecProof {
    /** Larger stored frames are not kept to try replacements with. */
    private static final int MOST_KEPT = 8 << 20;
    /** Smaller stored frames prove little. */
    private static final int ENOUGH_KEPT = 4 << 10;
    private static final int PATTERN = 64 << 10;
    /** A longer stored frame is not copied; a frame of its first bytes does as well. */
    private static final int LONG = 256 << 10;
    private static final int SAMPLE = 16 << 10;
    /** A disk of zeros with little else in between would be sampled for ever. */
    private static final int MOST_SAMPLES = 4;
    /** The most bytes that a sample can become with any codec: what a container has room for (see {@code Codec.maxStoredLength}). */
    private static final int SAMPLE_STORED = SAMPLE + SAMPLE / 100 + (64 << 10);

    private final CodecTraits traits;
    private final List<Promise> promises = new CopyOnWriteArrayList<>();
    private volatile Stored kept;
    /** About how many samples were made; several workers may count at once. */
    private volatile int samples;
    private ByteBuffer stored = ByteBuffer.allocateDirect(0);
    private ByteBuffer back = ByteBuffer.allocateDirect(0);

    /** The most bytes that so many can become, by what buffers were made after. */
    private record Promise(int contentLength, int maxStoredLength) {
    }

    /** A frame that the codec stored or read. The job proves content by SHA-256 anyway; this must cost a short job nothing. */
    private record Stored(byte[] bytes, int contentLength, long crc) {
    }

    CodecProof(CodecTraits traits) {
        this.traits = traits;
    }

    CodecTraits traits() {
        return traits;
    }

    /** Returns what the job was told that so many bytes can become; nothing if it did not ask yet. */
    OptionalInt maxStoredLength(int contentLength) {
        for (Promise promise : promises) {
            if (promise.contentLength == contentLength) {
                return OptionalInt.of(promise.maxStoredLength);
            }
        }
        return OptionalInt.empty();
    }

    /** Notes that the job is told that so many bytes can become {@code most}, and returns that. */
    int promise(int contentLength, int most) {
        promises.add(new Promise(contentLength, most));
        return most;
    }

    /** Says whether a frame should be handed to {@link #recordSample}. */
    boolean needsSample(int storedLength) {
        Stored now = kept;
        return now == null ? storedLength <= MOST_KEPT : samples < MOST_SAMPLES && now.bytes.length < ENOUGH_KEPT && storedLength > now.bytes.length && storedLength <= MOST_KEPT;
    }

    /** Keeps a frame that went through the codec; both buffers hold it between position and limit. */
    void recordSample(ByteBuffer content, ByteBuffer storedBytes) {
        byte[] bytes = new byte[storedBytes.remaining()];
        storedBytes.duplicate().get(bytes);
        kept = new Stored(bytes, content.remaining(), crc(content.duplicate()));
    }

    /**
     * Keeps a frame that {@code compressor} made, as {@link #recordSample} does, or what it makes of the first bytes if the frame is long.
     * For one thread at a time with the same compressor.
     */
    void recordSample(FrameCompressor compressor, ByteBuffer content, ByteBuffer storedBytes) throws CodecException {
        if (storedBytes.remaining() <= LONG || content.remaining() < SAMPLE) {
            recordSample(content, storedBytes);
            return;
        }
        samples++;
        ByteBuffer sample = content.duplicate().limit(content.position() + SAMPLE);
        ByteBuffer made = ByteBuffer.allocateDirect(SAMPLE_STORED);
        compressor.compress(sample.duplicate(), made);
        recordSample(sample, made.flip());
    }

    /**
     * Tries {@code codec}.
     *
     * @param content the frame to be compressed next; null if none is
     * @param level level it is to be compressed with
     * @return what does not fit; empty if it is as good as the one before
     */
    synchronized Optional<String> fault(Codec codec, ByteBuffer content, OptionalInt level) {
        try {
            Optional<String> broken = brokenPromise(codec, level);
            if (broken.isPresent()) {
                return broken;
            }
            Optional<String> old = oldFrame(codec);
            return old.isPresent() ? old : roundTrip(codec, content == null ? pattern() : content.duplicate(),
                    level.orElse(codec.traits().defaultLevel()));
        } catch (CodecException | RuntimeException | LinkageError e) {
            return Optional.of("its first frame failed: " + e);
        }
    }

    private Optional<String> brokenPromise(Codec codec, OptionalInt level) {
        CodecTraits now = codec.traits();
        if (level.isPresent() && (level.getAsInt() < now.minLevel() || level.getAsInt() > now.maxLevel())) {
            return Optional.of("it has no level " + level.getAsInt());
        }
        if (now.maxZeroRun() < traits.maxZeroRun()) {
            return Optional.of("it has no stored form for " + traits.maxZeroRun() + " zeros");
        }
        for (Promise promise : promises) {
            int most = codec.maxStoredLength(promise.contentLength);
            if (most > promise.maxStoredLength) {
                return Optional.of("it may need " + most + " bytes to store " + promise.contentLength + ", the job's buffers have "
                        + promise.maxStoredLength);
            }
        }
        return Optional.empty();
    }

    private Optional<String> oldFrame(Codec codec) throws CodecException {
        Stored old = kept;
        if (old == null) {
            return Optional.empty();
        }
        stored = room(stored, old.bytes.length);
        stored.put(old.bytes).flip();
        back = room(back, old.contentLength).limit(old.contentLength);
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            decompressor.decompress(stored, back);
        }
        return crc(back.clear().limit(old.contentLength)) == old.crc ? Optional.empty()
                : Optional.of("a frame of the job gives other content with it");
    }

    private Optional<String> roundTrip(Codec codec, ByteBuffer content, int level) throws CodecException {
        int length = content.remaining();
        stored = room(stored, codec.maxStoredLength(length));
        back = room(back, length).limit(length);
        try (FrameCompressor compressor = codec.newCompressor(level)) {
            compressor.compress(content.duplicate(), stored);
        }
        stored.flip();
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            decompressor.decompress(stored, back);
        }
        return back.clear().limit(length).mismatch(content) == -1 ? Optional.empty()
                : Optional.of("what it compresses does not come back");
    }

    /** Half noise, half of one value. */
    private static ByteBuffer pattern() {
        byte[] noise = new byte[PATTERN / 2];
        new Random(PATTERN).nextBytes(noise);
        return ByteBuffer.allocateDirect(PATTERN).put(noise).position(PATTERN).flip();
    }

    private static ByteBuffer room(ByteBuffer buffer, int length) {
        return buffer.capacity() >= length ? buffer.clear() : ByteBuffer.allocateDirect(length);
    }

    private static long crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
