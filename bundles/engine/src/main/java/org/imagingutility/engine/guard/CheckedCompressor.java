package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.error.CodecException;

/** Guards a {@link FrameCompressor}: it takes all content, stores something, and lets the limits be. For one thread. */
final class CheckedCompressor implements FrameCompressor {
    private final GuardedPlugin plugin;
    private final FrameCompressor compressor;

    CheckedCompressor(GuardedPlugin plugin, FrameCompressor compressor) {
        this.plugin = plugin;
        this.compressor = compressor;
    }

    @Override
    public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
        int contentEnd = content.limit();
        int start = stored.position();
        int limit = stored.limit();
        try {
            compressor.compress(content, stored);
        } catch (RuntimeException | Error e) {
            throw plugin.carried("FrameCompressor.compress", e);
        }
        if (content.position() != contentEnd || content.limit() != contentEnd) {
            throw violated("left the content at position " + content.position() + " of " + content.limit() + ", expected " + contentEnd);
        }
        if (stored.position() <= start || stored.limit() != limit) {
            throw violated("left the stored bytes at position " + stored.position() + " of " + stored.limit() + ", expected one from "
                    + (start + 1) + " to " + limit);
        }
    }

    private CarriedException violated(String what) {
        return new CarriedException(plugin.violated("FrameCompressor.compress", what));
    }

    @Override
    public void close() {
        try {
            compressor.close();
        } catch (RuntimeException | Error e) {
            throw plugin.carried("FrameCompressor.close", e);
        }
    }
}
