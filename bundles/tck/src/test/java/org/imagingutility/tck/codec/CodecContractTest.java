package org.imagingutility.tck.codec;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.tck.Verdict;
import org.junit.jupiter.api.Test;

class CodecContractTest {

    /** A store codec to be broken. */
    private abstract static class Broken implements Codec {
        private final StoreCodec good = new StoreCodec();

        @Override
        public String name() {
            return good.name();
        }

        @Override
        public int wireId() {
            return good.wireId();
        }

        @Override
        public CodecTraits traits() {
            return good.traits();
        }

        @Override
        public int maxStoredLength(int contentLength) {
            return contentLength + 1;
        }

        @Override
        public FrameCompressor newCompressor(int level) throws CodecException {
            return good.newCompressor(level);
        }

        @Override
        public FrameDecompressor newDecompressor() throws CodecException {
            return good.newDecompressor();
        }
    }

    /** Compresses or decompresses; has nothing to close, so it does not notice use after close. */
    private interface Both extends FrameCompressor, FrameDecompressor {
        @Override
        default void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
            stored.put(content);
        }

        @Override
        default void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
            content.put(stored);
        }

        @Override
        default void close() {
        }
    }

    @Test
    void aGoodCodecKeepsIt() {
        Verdict.keeps(new CodecContract(new StoreCodec()));
    }

    @Test
    void findsStoredBytesThatDependOnWhatCameBefore() {
        Verdict.breaks(new CodecContract(new Broken() {
            @Override
            public FrameCompressor newCompressor(int level) {
                return new Both() {
                    private byte count;

                    @Override
                    public void compress(ByteBuffer content, ByteBuffer stored) {
                        stored.put(content).put(count++);
                    }
                };
            }

            @Override
            public FrameDecompressor newDecompressor() {
                return new Both() {
                    @Override
                    public void decompress(ByteBuffer stored, ByteBuffer content) throws CodecException {
                        if (stored.remaining() != content.remaining() + 1) {
                            throw new CodecException("store", "length", null);
                        }
                        content.put(stored.limit(stored.limit() - 1));
                        stored.limit(stored.limit() + 1).get();
                    }
                };
            }
        }), "same content gives same bytes");
    }

    @Test
    void findsARuntimeExceptionOnDamagedBytesAndUseAfterClose() {
        Codec throwing = new Broken() {
            @Override
            public FrameDecompressor newDecompressor() {
                return new Both() { };
            }
        };
        Verdict.breaks(new CodecContract(throwing), "survives bytes behind the stored ones");
        Verdict.breaks(new CodecContract(throwing), "closes twice and is of no use after");
    }

    @Test
    void findsContentThatIsFilledUp() {
        Verdict.breaks(new CodecContract(new Broken() {
            @Override
            public FrameDecompressor newDecompressor() {
                return new Both() {
                    @Override
                    public void decompress(ByteBuffer stored, ByteBuffer content) {
                        content.put(stored.limit(Math.min(stored.limit(), content.remaining())));
                        content.position(content.limit());
                    }
                };
            }
        }), "refuses stored bytes of another content length");
    }

    @Test
    void findsABoundThatIsTooLoose() {
        Verdict.breaks(new CodecContract(new Broken() {
            @Override
            public int maxStoredLength(int contentLength) {
                return 2 * contentLength;
            }
        }), "bounds the stored length");
    }
}
