package org.imagingutility.engine.plugin.job;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.error.CodecException;

/** A compressor that is made again when its codec was replaced. For one thread. */
final class SwappingCompressor implements FrameCompressor, SwappingCodec.Maker<FrameCompressor> {
    private final SwappingCodec codec;
    private final int level;
    private final boolean probing;
    private CodecLease<FrameCompressor> lease;

    /** Creates one for {@code level}, one that looks at parts of a frame first if {@code probing}. */
    SwappingCompressor(SwappingCodec codec, int level, boolean probing) throws CodecException {
        this.codec = codec;
        this.level = level;
        this.probing = probing;
        this.lease = lease(null);
        lease.exit();
    }

    private CodecLease<FrameCompressor> lease(ByteBuffer content) throws CodecException {
        return codec.lease(this, content, OptionalInt.of(level));
    }

    @Override
    public FrameCompressor make(Codec present) throws CodecException {
        return probing ? present.newProbingCompressor(level) : present.newCompressor(level);
    }

    @Override
    public void close(FrameCompressor made) {
        made.close();
    }

    @Override
    public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
        int contentStart = content.position();
        int contentEnd = content.limit();
        int storedStart = stored.position();
        int storedLimit = stored.limit();
        while (true) {
            if (!lease.enter()) {
                lease = lease(content);
            }
            try {
                lease.coder().compress(content, stored);
                learn(content, contentStart, stored, storedStart);
                return;
            } catch (CodecException | RuntimeException | LinkageError e) {
                if (!lease.last()) {
                    throw e;
                }
                content.limit(contentEnd).position(contentStart);
                stored.limit(storedLimit).position(storedStart);
            } finally {
                lease.exit();
            }
        }
    }

    private void learn(ByteBuffer content, int contentStart, ByteBuffer stored, int storedStart) throws CodecException {
        if (codec.proof().needsSample(stored.position() - storedStart)) {
            codec.proof().recordSample(lease.coder(), content.duplicate().position(contentStart),
                    stored.duplicate().limit(stored.position()).position(storedStart));
        }
    }

    @Override
    public void close() {
        lease.close();
    }
}
