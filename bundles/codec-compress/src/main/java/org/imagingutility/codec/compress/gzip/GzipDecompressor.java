package org.imagingutility.codec.compress.gzip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.codec.compress.stream.CheckedDecompressor;

/** Reads frames that are one {@link GzipMember} each, with one inflater. For one thread. */
final class GzipDecompressor extends CheckedDecompressor {
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    GzipDecompressor() {
        super(GzipCodec.NAME);
    }

    @Override
    protected void decode(ByteBuffer stored, ByteBuffer content) throws CodecException {
        ByteBuffer in = stored.order(ByteOrder.LITTLE_ENDIAN);
        int length = in.remaining();
        if (length < GzipMember.HEADER_LENGTH + GzipMember.TRAILER_LENGTH) {
            throw damaged(length + " bytes are too few");
        }
        if (in.getShort() != GzipMember.MAGIC || in.get() != GzipMember.DEFLATE || in.get() != 0) {
            throw damaged(String.format("begins with 0x%08X, 0x%08X expected", in.getInt(0),
                    GzipMember.DEFLATE << 16 | GzipMember.MAGIC & 0xFFFF));
        }
        in.position(GzipMember.HEADER_LENGTH).limit(length - GzipMember.TRAILER_LENGTH);
        inflate(in, content);
        in.limit(length);
        crc.reset();
        crc.update(content.flip());
        int checksum = in.getInt();
        int contentLength = in.getInt();
        if (checksum != (int) crc.getValue() || contentLength != content.limit()) {
            throw damaged(String.format("CRC-32 %08x and length %d in its trailer, content has %08x and %d", checksum,
                    contentLength, (int) crc.getValue(), content.limit()));
        }
    }

    /** Inflates all of {@code in} into all of {@code content}. */
    private void inflate(ByteBuffer in, ByteBuffer content) throws CodecException {
        inflater.reset();
        inflater.setInput(in);
        try {
            while (!inflater.finished()) {
                // nothing comes when input or room is used up, or a preset dictionary is asked for
                if (inflater.inflate(content) == 0 && !inflater.finished()) {
                    throw damaged("after " + content.position() + " of " + content.limit() + " bytes of content, "
                            + inflater.getRemaining() + " stored bytes are left and nothing comes of them");
                }
            }
        } catch (DataFormatException e) {
            throw damaged("after " + content.position() + " bytes of content: " + e.getMessage(), e);
        }
        if (in.hasRemaining() || content.hasRemaining()) {
            throw damaged(content.position() + " bytes of content, " + content.limit() + " expected; " + in.remaining()
                    + " stored bytes follow");
        }
    }

    @Override
    public void close() {
        super.close();
        inflater.end();
    }
}
