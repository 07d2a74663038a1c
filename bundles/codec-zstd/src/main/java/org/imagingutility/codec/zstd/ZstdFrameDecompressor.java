package org.imagingutility.codec.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/**
 * Decompresses with one native context. For one thread. The content is written straight into the caller's buffer, so
 * a frame that asks for a huge window costs no memory.
 */
final class ZstdFrameDecompressor implements FrameDecompressor {
    private final ZstdDecompressCtx context;
    private boolean closed;

    ZstdFrameDecompressor() throws CodecException {
        try {
            context = new ZstdDecompressCtx();
        } catch (IllegalStateException e) {
            throw Buffers.outOfMemory("decompressor", e);
        } catch (ZstdException e) {
            throw new CodecException(ZstdCodec.NAME, "no decompressor: " + e.getMessage(), e);
        }
    }

    @Override
    public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
        Buffers.checkOpen(closed, "decompressor");
        Buffers.checkDirect(stored, "stored");
        Buffers.checkDirect(content, "content");
        checkIsOneFrame(stored, content.remaining());
        try {
            int written = context.decompressDirectByteBuffer(content, content.position(), content.remaining(), stored,
                    stored.position(), stored.remaining());
            checkEqual("content gives", written, "expected", content.remaining());
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errMemoryAllocation()) {
                throw Buffers.outOfMemory("frame of " + content.remaining() + " bytes", e);
            }
            throw new CodecException(ZstdCodec.NAME, "damaged frame of " + stored.remaining() + " bytes: "
                    + e.getMessage(), e);
        }
        stored.position(stored.limit());
        content.position(content.limit());
    }

    /**
     * The library would also take a skippable frame, several frames after one another or a frame of an older format.
     * Stored bytes are one frame of the current format and nothing else.
     */
    private static void checkIsOneFrame(ByteBuffer stored, int contentLength) throws CodecException {
        int length = stored.remaining();
        if (length < Integer.BYTES) {
            throw new CodecException(ZstdCodec.NAME, "damaged frame: " + length + " bytes are too few", null);
        }
        int magic = stored.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (magic != ZeroRunFrame.MAGIC) {
            throw new CodecException(ZstdCodec.NAME, String.format("damaged frame: magic number 0x%08X found, 0x%08X expected",
                    magic, ZeroRunFrame.MAGIC), null);
        }
        try {
            checkEqual("frame ends after", Zstd.findDirectByteBufferFrameCompressedSize(stored, stored.position(), length),
                    "stored are", length);
            checkEqual("frame declares a content of",
                    Zstd.getDirectByteBufferFrameContentSize(stored, stored.position(), length, false),
                    "expected", contentLength);
        } catch (ZstdException e) {
            throw new CodecException(ZstdCodec.NAME, "damaged frame of " + length + " bytes: " + e.getMessage(), e);
        }
    }

    private static void checkEqual(String what, long found, String other, long expected) throws CodecException {
        if (found == expected) {
            return;
        }
        String text = Zstd.isError(found) ? Zstd.getErrorName(found) : what + " " + found + " bytes, " + other + " " + expected;
        throw new CodecException(ZstdCodec.NAME, "damaged frame: " + text, null);
    }

    @Override
    public void close() {
        closed = true;
        context.close();
    }
}
