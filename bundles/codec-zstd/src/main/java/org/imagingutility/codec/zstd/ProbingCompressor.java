package org.imagingutility.codec.zstd;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.error.CodecException;

/**
 * Compresses a frame at its level only if a look at it promises a gain. All others are stored by the quickest way of the
 * library, nearly always as raw blocks, and compressed after all if even that gained something. Everything follows from the
 * content of the frame alone. For one thread.
 */
final class ProbingCompressor implements FrameCompressor {
    /** Below this level the library is so quick with what does not compress that a look first gains nothing. */
    static final int LEAST_LEVEL = 3;
    /** Writes raw blocks at the speed of memory, but still finds what repeats at once. */
    private static final int STORING_LEVEL = -10;
    /** A stored frame that is smaller than its content by more than one part in so many is made again. */
    private static final int GAIN = 128;

    private final ZstdFrameCompressor full;
    private final ZstdFrameCompressor storing;
    private final Probe probe;

    ProbingCompressor(int level) throws CodecException {
        full = new ZstdFrameCompressor(level);
        ZstdFrameCompressor second = null;
        try {
            second = new ZstdFrameCompressor(STORING_LEVEL);
            probe = new Probe();
        } catch (CodecException | RuntimeException | Error e) {
            full.close();
            if (second != null) {
                second.close();
            }
            throw e;
        }
        storing = second;
    }

    @Override
    public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
        int from = content.position();
        int begin = stored.position();
        int length = content.remaining();
        if (content.isDirect() && length > 0 && !probe.promisesGain(content)) {
            storing.compress(content, stored);
            if (stored.position() - begin >= length - length / GAIN) {
                return;
            }
            content.position(from);
            stored.position(begin);
        }
        // which also checks how it is used
        full.compress(content, stored);
    }

    @Override
    public void close() {
        full.close();
        storing.close();
        probe.close();
    }
}
