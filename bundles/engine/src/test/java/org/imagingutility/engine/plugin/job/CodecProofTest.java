package org.imagingutility.engine.plugin.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.Random;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.engine.TestEngine;
import org.junit.jupiter.api.Test;

class CodecProofTest {
    private static final int FRAME = 4 << 20;

    private final Codec zstd = new TestEngine().installed().codecs().all().stream().filter(codec -> codec.name().equals("zstd"))
            .findFirst().orElseThrow();
    private final CodecProof proof = new CodecProof(zstd.traits());

    @Test
    void aCodecThatReadsWhatALongFrameBeganWithIsTaken() throws CodecException {
        learn(noise(0));
        assertThat(proof.fault(zstd, null, OptionalInt.empty())).isEmpty();
    }

    @Test
    void aCodecThatDoesNotReadWhatALongFrameBeganWithIsRefused() throws CodecException {
        learn(noise(0));
        assertThat(proof.fault(new Wrong(zstd), null, OptionalInt.empty())).contains("a frame of the job gives other content with it");
    }

    @Test
    void aLongFrameIsNotCopied() throws CodecException {
        Counting compressor = new Counting(zstd.newCompressor(1));
        learn(noise(0), compressor);
        assertThat(compressor.calls).as("the frame, and a sample of it").isEqualTo(2);
        assertThat(compressor.bytes - FRAME).isLessThan(100_000);
        assertThat(proof.needsSample(FRAME)).isFalse();
    }

    @Test
    void framesThatBeginWithZerosAreNotSampledForEver() throws CodecException {
        Counting compressor = new Counting(zstd.newCompressor(1));
        for (int i = 0; i < 20; i++) {
            learn(noise(1 << 20), compressor);
        }
        assertThat(compressor.calls).isBetween(21, 24);
    }

    @Test
    void aShortFrameIsKeptAsItIs() throws CodecException {
        Counting compressor = new Counting(zstd.newCompressor(1));
        ByteBuffer frame = ByteBuffer.allocateDirect(FRAME);
        frame.put(noise(0).limit(6000)).clear();
        learn(frame, compressor);
        assertThat(compressor.calls).isEqualTo(1);
        assertThat(proof.fault(zstd, null, OptionalInt.empty())).isEmpty();
        assertThat(proof.fault(new Wrong(zstd), null, OptionalInt.empty())).contains("a frame of the job gives other content with it");
    }

    private void learn(ByteBuffer frame) throws CodecException {
        learn(frame, zstd.newCompressor(1));
    }

    /** Does what a worker does with a frame. */
    private void learn(ByteBuffer frame, FrameCompressor compressor) throws CodecException {
        ByteBuffer stored = ByteBuffer.allocateDirect(zstd.maxStoredLength(frame.remaining()));
        compressor.compress(frame.duplicate(), stored);
        if (proof.needsSample(stored.position())) {
            proof.recordSample(compressor, frame, stored.flip());
        }
    }

    /** Returns a frame of noise after so many zeros. */
    private static ByteBuffer noise(int zeros) {
        byte[] bytes = new byte[FRAME - zeros];
        new Random(2).nextBytes(bytes);
        return ByteBuffer.allocateDirect(FRAME).position(zeros).put(bytes).clear();
    }

    /** Reads frames of others wrongly. */
    private record Wrong(Codec codec) implements Codec {
        @Override
        public String name() {
            return codec.name();
        }

        @Override
        public int wireId() {
            return codec.wireId();
        }

        @Override
        public CodecTraits traits() {
            return codec.traits();
        }

        @Override
        public int maxStoredLength(int contentLength) {
            return codec.maxStoredLength(contentLength);
        }

        @Override
        public FrameCompressor newCompressor(int level) throws CodecException {
            return codec.newCompressor(level);
        }

        @Override
        public FrameDecompressor newDecompressor() throws CodecException {
            FrameDecompressor decompressor = codec.newDecompressor();
            return new FrameDecompressor() {
                @Override
                public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
                    int first = content.position();
                    decompressor.decompress(stored, content);
                    content.put(first, (byte) ~content.get(first));
                }

                @Override
                public void close() {
                    decompressor.close();
                }
            };
        }
    }

    /** Counts what is compressed. */
    private static final class Counting implements FrameCompressor {
        private final FrameCompressor compressor;
        private int calls;
        private long bytes;

        Counting(FrameCompressor compressor) {
            this.compressor = compressor;
        }

        @Override
        public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
            calls++;
            bytes += content.remaining();
            compressor.compress(content, stored);
        }

        @Override
        public void close() {
            compressor.close();
        }
    }
}
