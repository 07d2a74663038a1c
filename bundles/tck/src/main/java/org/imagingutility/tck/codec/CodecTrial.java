package org.imagingutility.tck.codec;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.check.Expect;

/** Puts byte arrays through a codec. */
final class CodecTrial {
    private final Codec codec;

    CodecTrial(Codec codec) {
        this.codec = codec;
    }

    void roundTrip(byte[] content, int level) throws CodecException {
        byte[] stored = compress(content, level);
        Expect.equalBytes(content, decompress(stored, content.length),
                content.length + " bytes of content, level " + level);
    }

    byte[] compress(byte[] content, int level) throws CodecException {
        try (FrameCompressor compressor = codec.newCompressor(level)) {
            return compress(compressor, content);
        }
    }

    byte[] compress(FrameCompressor compressor, byte[] content) throws CodecException {
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(content.length));
        compressor.compress(Content.aligned(content), stored);
        return Content.bytes(stored.flip());
    }

    byte[] decompress(byte[] stored, int length) throws CodecException {
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            return decompress(decompressor, stored, length);
        }
    }

    byte[] decompress(FrameDecompressor decompressor, byte[] stored, int length) throws CodecException {
        ByteBuffer content = ByteBuffer.allocateDirect(length);
        ByteBuffer source = Content.aligned(stored);
        decompressor.decompress(source, content);
        Expect.equal(0, content.remaining(), "bytes of content that were not written");
        Expect.equal(0, source.remaining(), "stored bytes that were not taken");
        return Content.bytes(content.flip());
    }

    /** Decompresses what was tampered with: fails unless a CodecException, or {@code content} if given, comes of it. */
    void hostile(byte[] stored, byte[] content, String how) throws Exception {
        int length = content == null ? 3000 : content.length;
        byte[] found;
        try {
            found = decompress(stored, length);
        } catch (CodecException e) {
            return;
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError("stored bytes " + how + ": expected a CodecException, found " + e, e);
        }
        if (content != null) {
            Expect.equalBytes(content, found, "content of stored bytes " + how);
        }
    }

    byte[] zeroRun(long count) throws CodecException {
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.zeroRunLength(count));
        codec.encodeZeroRun(count, stored);
        Expect.equal(0, stored.remaining(), "bytes missing of the stored form of " + count + " zeros");
        return Content.bytes(stored.flip());
    }
}
