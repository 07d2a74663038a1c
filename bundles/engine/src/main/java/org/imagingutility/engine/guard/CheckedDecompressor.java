package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/** Guards a {@link FrameDecompressor}: it takes all stored bytes and fills the content, or throws. For one thread. */
final class CheckedDecompressor implements FrameDecompressor {
    private final GuardedPlugin plugin;
    private final FrameDecompressor decompressor;

    CheckedDecompressor(GuardedPlugin plugin, FrameDecompressor decompressor) {
        this.plugin = plugin;
        this.decompressor = decompressor;
    }

    @Override
    public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
        int storedEnd = stored.limit();
        int contentEnd = content.limit();
        try {
            decompressor.decompress(stored, content);
        } catch (RuntimeException | Error e) {
            throw plugin.carried("FrameDecompressor.decompress", e);
        }
        check("content", content, contentEnd);
        check("stored bytes", stored, storedEnd);
    }

    private void check(String what, ByteBuffer buffer, int end) {
        if (buffer.position() != end || buffer.limit() != end) {
            throw new CarriedException(plugin.violated("FrameDecompressor.decompress", "left the " + what + " at position "
                    + buffer.position() + " of " + buffer.limit() + ", expected " + end));
        }
    }

    @Override
    public void close() {
        try {
            decompressor.close();
        } catch (RuntimeException | Error e) {
            throw plugin.carried("FrameDecompressor.close", e);
        }
    }
}
