package org.imagingutility.codec.compress;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.codec.compress.gzip.GzipCodec;
import org.imagingutility.codec.compress.lz4.Lz4Codec;
import org.imagingutility.codec.compress.xz.XzCodec;
import org.imagingutility.tck.Content;

/** The codecs of this bundle, and byte arrays through them. */
final class Codecs {
    private Codecs() {
    }

    static Stream<Codec> all() {
        return Stream.of(new GzipCodec(), new XzCodec(), new Lz4Codec(), new Bzip2Codec(), new NoneCodec());
    }

    static byte[] compress(Codec codec, byte[] content, int level) throws CodecException {
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(content.length));
        try (FrameCompressor compressor = codec.newCompressor(level)) {
            compressor.compress(Content.aligned(content), stored);
        }
        return Content.bytes(stored.flip());
    }

    static byte[] compress(Codec codec, byte[] content) throws CodecException {
        return compress(codec, content, codec.traits().defaultLevel());
    }

    static byte[] decompress(Codec codec, byte[] stored, int length) throws CodecException {
        ByteBuffer content = ByteBuffer.allocateDirect(length);
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            decompressor.decompress(Content.aligned(stored), content);
        }
        return Content.bytes(content.flip());
    }

    /** Returns text, noise, runs, copies from near and far and zeros, in pieces of any length. */
    static byte[] mixed(int length, long seed) {
        Random random = new Random(seed);
        byte[] content = new byte[length];
        for (int at = 0; at < length;) {
            int count = Math.min(length - at, 1 + random.nextInt(random.nextBoolean() ? 40 : 20_000));
            byte[] piece = new byte[count];
            switch (random.nextInt(5)) {
                case 0 -> random.nextBytes(piece);
                case 1 -> piece = Content.text(count, random.nextInt());
                case 2 -> java.util.Arrays.fill(piece, (byte) random.nextInt());
                case 3 -> {
                    int distance = 1 + random.nextInt(Math.max(1, Math.min(at, random.nextBoolean() ? 12 : 100_000)));
                    for (int i = 0; i < count && at >= distance; i++) {
                        content[at + i] = content[at + i - distance];
                    }
                    System.arraycopy(content, at, piece, 0, count);
                }
                default -> {
                    // zeros
                }
            }
            System.arraycopy(piece, 0, content, at, count);
            at += count;
        }
        return content;
    }
}
