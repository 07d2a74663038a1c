package org.imagingutility.codec.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.imagingutility.api.error.CodecException;

/**
 * Looks whether a frame is worth compressing, in two ways. One KiB of each 16 is taken as a sample, and groups of those are
 * compressed at a low level: so each group shows a single piece that compresses. And the first bytes of all sectors are looked
 * up among those before, for content that compresses only by being there twice. For one thread.
 *
 * <p>Both end as soon as there is gain enough, so a frame that compresses costs hardly any time.
 */
final class Probe implements AutoCloseable {
    private static final int PIECE = 1 << 10;
    private static final int STRIDE = 16 << 10;
    private static final int GROUP = 16 * PIECE;
    private static final int SAMPLE_LEVEL = 1;
    /** One part in so many of the sample is gain enough. */
    private static final int GAIN = 256;
    /** What repeats in an image begins at sectors, as files and what archives hold do. */
    private static final int SECTOR = 512;
    private static final int PLACES = 1 << 13;
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;
    private static final int HASH_SHIFT = Long.SIZE - 13;

    private final ZstdCompressCtx context;
    private final ByteBuffer sample = ByteBuffer.allocateDirect(GROUP);
    private final ByteBuffer compressed = ByteBuffer.allocateDirect((int) Zstd.compressBound(GROUP));
    private final long[] places = new long[PLACES];

    Probe() throws CodecException {
        try {
            context = new ZstdCompressCtx().setLevel(SAMPLE_LEVEL).setChecksum(false).setContentSize(false);
        } catch (IllegalStateException e) {
            throw Buffers.outOfMemory("probe", e);
        } catch (ZstdException e) {
            throw new CodecException(ZstdCodec.NAME, "no probe: " + e.getMessage(), e);
        }
    }

    /** Says whether the bytes that remain in {@code content} will hardly be stored as they are; moves no position. */
    boolean promisesGain(ByteBuffer content) throws CodecException {
        return repeats(content) || compresses(content);
    }

    /** Says whether sectors begin alike: that of zeros, which compresses by itself, counts as well. */
    private boolean repeats(ByteBuffer content) {
        int end = content.limit() - Long.BYTES;
        int enough = content.remaining() / SECTOR / GAIN;
        int repeated = 0;
        Arrays.fill(places, 0);
        for (int at = content.position(); at <= end; at += SECTOR) {
            long begin = content.getLong(at);
            int place = (int) (begin * HASH_FACTOR >>> HASH_SHIFT);
            if (places[place] == begin && ++repeated > enough) {
                return true;
            }
            places[place] = begin;
        }
        return false;
    }

    private boolean compresses(ByteBuffer content) throws CodecException {
        int from = content.position();
        int length = content.remaining();
        int enough = sampleLength(length) / GAIN;
        int gain = 0;
        sample.clear();
        for (int at = 0; at < length; at += STRIDE) {
            int count = Math.min(PIECE, length - at);
            sample.put(sample.position(), content, from + at, count).position(sample.position() + count);
            if (sample.remaining() < PIECE || at + STRIDE >= length) {
                gain += gainOf(sample.position());
                if (gain > enough) {
                    return true;
                }
                sample.clear();
            }
        }
        return false;
    }

    private static int sampleLength(int length) {
        return length / STRIDE * PIECE + Math.min(PIECE, length % STRIDE);
    }

    private int gainOf(int length) throws CodecException {
        try {
            int stored = context.compressDirectByteBuffer(compressed, 0, compressed.capacity(), sample, 0, length);
            return Math.max(0, length - stored);
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errMemoryAllocation()) {
                throw Buffers.outOfMemory("probe", e);
            }
            throw new CodecException(ZstdCodec.NAME, "cannot compress a sample: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
