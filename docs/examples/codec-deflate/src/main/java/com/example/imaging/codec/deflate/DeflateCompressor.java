package com.example.imaging.codec.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.error.CodecException;

/** For one thread. */
final class DeflateCompressor implements FrameCompressor {
    private final Deflater deflater;

    DeflateCompressor(int level) {
        deflater = new Deflater(level);
    }

    @Override
    public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        deflater.deflate(stored);
        if (!deflater.finished()) {
            throw new CodecException(DeflateCodec.NAME, "a frame needs more bytes than the codec promised", null);
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
