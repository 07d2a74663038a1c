package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/**
 * Decompresses each frame as soon as it was compressed and compares: a frame whose content cannot be had again is an error
 * when the image is made, while the device is there. For codecs of third parties, which nobody here has tested. The content
 * is shown to them as a buffer that cannot be written to. For one thread.
 */
final class ReadBackCompressor implements FrameCompressor {
    private final GuardedPlugin plugin;
    private final FrameCompressor compressor;
    private final FrameDecompressor decompressor;
    private ByteBuffer back = ByteBuffer.allocateDirect(0);

    ReadBackCompressor(GuardedPlugin plugin, FrameCompressor compressor, FrameDecompressor decompressor) {
        this.plugin = plugin;
        this.compressor = compressor;
        this.decompressor = decompressor;
    }

    @Override
    public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
        ByteBuffer before = content.asReadOnlyBuffer();
        int start = stored.position();
        compressor.compress(content.asReadOnlyBuffer(), stored);
        content.position(content.limit());
        if (back.capacity() < before.remaining()) {
            back = ByteBuffer.allocateDirect(before.remaining());
        }
        back.clear().limit(before.remaining());
        try {
            decompressor.decompress(stored.duplicate().limit(stored.position()).position(start), back);
        } catch (CodecException e) {
            throw plugin.carried("FrameDecompressor.decompress, of what FrameCompressor.compress stored,", e);
        }
        int differs = back.flip().mismatch(before);
        if (differs >= 0) {
            throw new CarriedException(plugin.violated("FrameCompressor.compress", "stored " + before.remaining()
                    + " bytes that do not come back: byte " + differs + " is another one"));
        }
    }

    @Override
    public void close() {
        try {
            compressor.close();
        } finally {
            decompressor.close();
        }
    }
}
