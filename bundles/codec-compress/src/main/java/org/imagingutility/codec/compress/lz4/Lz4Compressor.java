package org.imagingutility.codec.compress.lz4;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.codec.compress.stream.CheckedCompressor;

/** Makes one {@link Lz4Frame} of each frame, of independent blocks, with a checksum of the content. For one thread. */
final class Lz4Compressor extends CheckedCompressor {
    private final Lz4BlockEncoder encoder = new Lz4BlockEncoder();

    @Override
    protected void encode(ByteBuffer content, ByteBuffer stored) throws CodecException {
        ByteBuffer in = Lz4Frame.littleEndian(content);
        ByteBuffer out = Lz4Frame.littleEndian(stored);
        int length = in.limit();
        if (out.limit() < length + Lz4Frame.overhead(length)) {
            throw noRoom(Lz4Codec.NAME, length, out.limit());
        }
        Lz4Frame.writeHeader(length, Lz4Frame.CONTENT_CHECKSUM, out);
        int blockSize = Lz4Frame.blockSize(length);
        for (int from = 0; from < length; from += blockSize) {
            block(in, from, Math.min(length, from + blockSize), out);
        }
        out.putInt(0).putInt(XxHash32.of(in, 0, length));
        content.position(content.limit());
        stored.position(stored.position() + out.position());
    }

    private void block(ByteBuffer in, int from, int to, ByteBuffer out) {
        int at = out.position() + Integer.BYTES;
        int length = encoder.encode(in, from, to, out, at, at + to - from - 1);
        if (length > 0) {
            out.putInt(length).position(at + length);
        } else {
            out.putInt(to - from | Lz4Frame.STORED_BLOCK).put(at, in, from, to - from).position(at + to - from);
        }
    }
}
