package org.imagingutility.engine.plugin.job;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/** A decompressor that is made again when its codec was replaced. For one thread. */
final class SwappingDecompressor implements FrameDecompressor, SwappingCodec.Maker<FrameDecompressor> {
    private final SwappingCodec codec;
    private CodecLease<FrameDecompressor> lease;

    SwappingDecompressor(SwappingCodec codec) throws CodecException {
        this.codec = codec;
        this.lease = lease();
        lease.exit();
    }

    private CodecLease<FrameDecompressor> lease() throws CodecException {
        return codec.lease(this, null, OptionalInt.empty());
    }

    @Override
    public FrameDecompressor make(Codec present) throws CodecException {
        return present.newDecompressor();
    }

    @Override
    public void close(FrameDecompressor made) {
        made.close();
    }

    @Override
    public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
        int storedStart = stored.position();
        int storedEnd = stored.limit();
        int contentStart = content.position();
        int contentLimit = content.limit();
        while (true) {
            if (!lease.enter()) {
                lease = lease();
            }
            try {
                lease.coder().decompress(stored, content);
                if (codec.proof().needsSample(storedEnd - storedStart)) {
                    codec.proof().recordSample(content.duplicate().limit(contentLimit).position(contentStart),
                            stored.duplicate().limit(storedEnd).position(storedStart));
                }
                return;
            } catch (CodecException | RuntimeException | LinkageError e) {
                if (!lease.last()) {
                    throw e;
                }
                stored.limit(storedEnd).position(storedStart);
                content.limit(contentLimit).position(contentStart);
            } finally {
                lease.exit();
            }
        }
    }

    @Override
    public void close() {
        lease.close();
    }
}
