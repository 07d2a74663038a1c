package com.example.imaging.codec.deflate;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

/** For one thread. Takes no memory but the buffers it is given and zlib's window of 32 KiB. */
final class DeflateDecompressor implements FrameDecompressor {
    private final Inflater inflater = new Inflater();

    @Override
    public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
        inflater.reset();
        inflater.setInput(stored);
        try {
            inflater.inflate(content);
        } catch (DataFormatException e) {
            throw new CodecException(DeflateCodec.NAME, "damaged frame: " + e.getMessage(), e);
        }
        if (!inflater.finished() || stored.hasRemaining() || content.hasRemaining()) {
            throw new CodecException(DeflateCodec.NAME, "damaged frame: " + content.remaining() + " bytes of content missing, "
                    + stored.remaining() + " stored bytes left, end " + (inflater.finished() ? "found" : "not found"), null);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
