package org.imagingutility.codec.compress.lz4;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.codec.compress.stream.CheckedDecompressor;

/** Reads frames that are one {@link Lz4Frame} each: any that the format allows, but none that needs a dictionary. For one thread. */
final class Lz4Decompressor extends CheckedDecompressor {
    private final Lz4BlockDecoder decoder = new Lz4BlockDecoder();

    Lz4Decompressor() {
        super(Lz4Codec.NAME);
    }

    @Override
    protected void decode(ByteBuffer stored, ByteBuffer content) throws CodecException {
        ByteBuffer in = Lz4Frame.littleEndian(stored);
        ByteBuffer out = Lz4Frame.littleEndian(content);
        requireLeft(in, Lz4Frame.HEADER_LENGTH - Long.BYTES);
        if (in.getInt() != Lz4Frame.MAGIC) {
            throw damaged(String.format("magic number 0x%08X found, 0x%08X expected", in.getInt(0), Lz4Frame.MAGIC));
        }
        int flags = in.get() & 0xFF;
        int blockSize = Lz4Frame.blockSizeOf(in.get() & 0xFF);
        if ((flags & Lz4Frame.VERSION_MASK) != Lz4Frame.VERSION || (flags & Lz4Frame.RESERVED_OR_DICTIONARY) != 0
                || blockSize < 0) {
            throw damaged(String.format("its descriptor 0x%02X 0x%02X says of another version or a dictionary", flags,
                    in.get(Lz4Frame.DESCRIPTOR + 1)));
        }
        checkHeader(in, flags, out.limit());
        blocks(in, flags, blockSize, out);
        if ((flags & Lz4Frame.CONTENT_CHECKSUM) != 0) {
            checkHash(in, out, 0, out.limit(), "content");
        }
        if (in.hasRemaining()) {
            throw damaged(in.remaining() + " bytes follow it");
        }
    }

    private void checkHeader(ByteBuffer in, int flags, int contentLength) throws CodecException {
        if ((flags & Lz4Frame.CONTENT_SIZE) != 0) {
            requireLeft(in, Long.BYTES + 1);
            long declared = in.getLong();
            if (declared != contentLength) {
                throw damaged("it declares a content of " + Long.toUnsignedString(declared) + " bytes, expected " + contentLength);
            }
        }
        byte expected = Lz4Frame.headerChecksum(in, Lz4Frame.DESCRIPTOR, in.position());
        byte found = in.get();
        if (found != expected) {
            throw damaged(String.format("checksum of its header is %02x, expected %02x", found, expected));
        }
    }

    private void blocks(ByteBuffer in, int flags, int blockSize, ByteBuffer out) throws CodecException {
        boolean linked = (flags & Lz4Frame.INDEPENDENT_BLOCKS) == 0;
        while (true) {
            requireLeft(in, Integer.BYTES);
            int field = in.getInt();
            if (field == 0) {
                break;
            }
            int length = field & ~Lz4Frame.STORED_BLOCK;
            if (length < 1 || length > blockSize) {
                throw damaged("a block of " + length + " bytes, at most " + blockSize + " are expected");
            }
            requireLeft(in, length);
            int from = in.position();
            block(in, from, length, field < 0, out, linked ? 0 : out.position(), blockSize);
            in.position(from + length);
            if ((flags & Lz4Frame.BLOCK_CHECKSUMS) != 0) {
                checkHash(in, in, from, from + length, "a block");
            }
        }
        if (out.hasRemaining()) {
            throw damaged(out.position() + " bytes of content, " + out.limit() + " expected");
        }
    }

    private void block(ByteBuffer in, int from, int length, boolean asItIs, ByteBuffer out, int earliest, int blockSize)
            throws CodecException {
        int at = out.position();
        int most = Math.min(out.remaining(), blockSize);
        int made = length;
        if (!asItIs) {
            made = decoder.decode(in, from, from + length, out, earliest, at, at + most);
            if (made < 0) {
                throw damaged("the block at byte " + from + " does not hold");
            }
        } else if (length > most) {
            throw damaged("more content than " + out.limit() + " bytes");
        } else {
            out.put(at, in, from, length);
        }
        out.position(at + made);
    }

    private void checkHash(ByteBuffer in, ByteBuffer of, int from, int to, String what) throws CodecException {
        requireLeft(in, Integer.BYTES);
        int found = in.getInt();
        int expected = XxHash32.of(of, from, to);
        if (found != expected) {
            throw damaged(String.format("checksum of %s is %08x, expected %08x", what, found, expected));
        }
    }

    private void requireLeft(ByteBuffer in, int length) throws CodecException {
        if (in.remaining() < length) {
            throw damaged("cut off after " + in.limit() + " bytes");
        }
    }
}
