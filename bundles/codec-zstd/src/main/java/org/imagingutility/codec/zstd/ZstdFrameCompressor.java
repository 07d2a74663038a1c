package org.imagingutility.codec.zstd;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.error.CodecException;

/** Compresses with one native context, which is reused from frame to frame. For one thread. */
final class ZstdFrameCompressor implements FrameCompressor {
    private final ZstdCompressCtx context;
    private boolean closed;

    ZstdFrameCompressor(int level) throws CodecException {
        try {
            context = configured(level);
        } catch (ZstdException | IllegalStateException e) {
            throw new CodecException(ZstdCodec.NAME, "no compressor of level " + level + ": " + e.getMessage(), e);
        }
    }

    /**
     * All that decides what stored frames look like. The window log is left to the library: with a known content
     * length it never chooses a window beyond the content, so a frame (64 MiB at most) stays below the 128 MiB
     * that {@code zstd -d} accepts without an option.
     */
    private static ZstdCompressCtx configured(int level) {
        return new ZstdCompressCtx().setLevel(level).setChecksum(true).setContentSize(true);
    }

    @Override
    public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
        Buffers.checkOpen(closed, "compressor");
        Buffers.checkDirect(content, "content");
        Buffers.checkDirect(stored, "stored");
        if (!content.hasRemaining()) {
            throw new IllegalArgumentException("no content to compress");
        }
        try {
            int written = context.compressDirectByteBuffer(stored, stored.position(), stored.remaining(), content,
                    content.position(), content.remaining());
            content.position(content.limit());
            stored.position(stored.position() + written);
        } catch (ZstdException e) {
            throw new CodecException(ZstdCodec.NAME, "cannot compress " + content.remaining() + " bytes into "
                    + stored.remaining() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        context.close();
    }
}
