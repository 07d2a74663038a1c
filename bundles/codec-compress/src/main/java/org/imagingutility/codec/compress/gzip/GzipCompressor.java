package org.imagingutility.codec.compress.gzip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.codec.compress.stream.CheckedCompressor;

/** Makes one {@link GzipMember} of each frame, with one deflater. For one thread. */
final class GzipCompressor extends CheckedCompressor {
    private final int level;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();

    GzipCompressor(int level) {
        this.level = level;
        this.deflater = new Deflater(level, true);
    }

    @Override
    protected void encode(ByteBuffer content, ByteBuffer stored) throws CodecException {
        int length = content.remaining();
        // a view: the caller's byte order and, on failure, position stay
        ByteBuffer out = stored.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (out.capacity() < GzipMember.HEADER_LENGTH + GzipMember.TRAILER_LENGTH) {
            throw noRoom(GzipCodec.NAME, length, out.capacity());
        }
        out.putShort(GzipMember.MAGIC).put(GzipMember.DEFLATE).put((byte) 0).putInt(0)
                .put(GzipMember.extraFlags(level)).put(GzipMember.UNKNOWN_SYSTEM);
        out.limit(out.capacity() - GzipMember.TRAILER_LENGTH);
        deflate(content.duplicate(), out);
        crc.reset();
        crc.update(content);
        out.limit(out.capacity()).putInt((int) crc.getValue()).putInt(length);
        stored.position(stored.position() + out.position());
    }

    private void deflate(ByteBuffer content, ByteBuffer out) throws CodecException {
        int length = content.remaining();
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        while (!deflater.finished()) {
            if (deflater.deflate(out) == 0 && !deflater.finished()) {
                throw noRoom(GzipCodec.NAME, length, out.capacity());
            }
        }
    }

    @Override
    public void close() {
        super.close();
        deflater.end();
    }
}
