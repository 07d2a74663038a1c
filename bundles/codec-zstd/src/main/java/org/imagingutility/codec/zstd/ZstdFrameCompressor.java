package org.imagingutility.codec.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.error.CodecException;

/** Compresses with one native context, which is reused from frame to frame. For one thread. */
final class ZstdFrameCompressor implements FrameCompressor {
    /**
     * At its default level the library's two tables take 768 KiB, which push each other and the content out of a core's
     * second-level cache. Half of that made 4 MiB frames of program files 14 % faster and 0.5 % larger (Zen, 1 MiB of
     * cache a core); a frame on its own has little use for the rest. The window then takes a whole frame of the default
     * size, which gives back a part of that.
     *
     * <p>A minimum match of 4 with chain logs of 12, 13 and 14 (zstd 1.5.7, frames of 4 MiB) takes 3.5 to 5 % more
     * instructions for program files, 1.7 to 2.8 % for files of Windows and 0.4 to 1.1 % for documents and databases. It makes
     * program files 0.1 % larger (12) or 0.5 and 1.1 % smaller (13, 14), all others 0.1 to 0.8 % larger: better in both nowhere.
     */
    private static final int TUNED_LEVEL = 3;
    private static final int TUNED_HASH_LOG = 16;
    private static final int TUNED_CHAIN_LOG = 15;
    private static final int TUNED_WINDOW_LOG = 22;

    private final ZstdCompressCtx context;
    private boolean closed;

    ZstdFrameCompressor(int level) throws CodecException {
        try {
            context = configured(level);
        } catch (IllegalStateException e) {
            throw Buffers.outOfMemory("compressor of level " + level, e);
        } catch (ZstdException e) {
            throw new CodecException(ZstdCodec.NAME, "no compressor of level " + level + ": " + e.getMessage(), e);
        }
    }

    /**
     * All that decides what stored frames look like. With a known content length the library never takes a window
     * beyond the content, so a frame (64 MiB at most) stays below the 128 MiB that {@code zstd -d} accepts without an
     * option.
     */
    private static ZstdCompressCtx configured(int level) {
        ZstdCompressCtx context = new ZstdCompressCtx().setLevel(level).setChecksum(true).setContentSize(true);
        if (level == TUNED_LEVEL) {
            context.setHashLog(TUNED_HASH_LOG).setChainLog(TUNED_CHAIN_LOG).setWindowLog(TUNED_WINDOW_LOG);
        }
        return context;
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
            if (e.getErrorCode() == Zstd.errMemoryAllocation()) {
                throw Buffers.outOfMemory("frame of " + content.remaining() + " bytes", e);
            }
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
