package org.imagingutility.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.engine.plugin.Origin;

/** The codec zstd of an engine, which counts from now on how many bytes it compresses. Used by several threads at once. */
public final class CountedCodec {
    private static final int CHECKSUM_FLAG = 4;

    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean withoutChecksums;

    /** Puts it in the place of zstd. */
    public CountedCodec(TestEngine engine) {
        Codec zstd = engine.installed().codecs().all().stream().filter(codec -> codec.name().equals("zstd")).findFirst().orElseThrow();
        Codec counted = (Codec) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Codec.class}, (proxy, method, arguments) -> {
            Object result;
            try {
                result = method.invoke(zstd, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            return result instanceof FrameCompressor compressor ? new Counting(compressor) : result;
        });
        engine.removeCodecs();
        engine.installed().codecs().add(counted, 1, () -> Origin.ofModule(zstd));
    }

    /** Returns how many bytes were compressed. */
    public long compressed() {
        return bytes.get();
    }

    /** Has it make frames without the checksum of zstd, as another program may. */
    public void withoutChecksums(boolean without) {
        withoutChecksums = without;
    }

    private final class Counting implements FrameCompressor {
        private final FrameCompressor compressor;

        Counting(FrameCompressor compressor) {
            this.compressor = compressor;
        }

        @Override
        public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
            bytes.addAndGet(content.remaining());
            int begin = stored.position();
            compressor.compress(content, stored);
            if (withoutChecksums) {
                // RFC 8878, section 3.1.1: the flag behind the magic number, the checksum in the last four bytes
                stored.put(begin + Integer.BYTES, (byte) (stored.get(begin + Integer.BYTES) & ~CHECKSUM_FLAG));
                stored.position(stored.position() - Integer.BYTES);
            }
        }

        @Override
        public void close() {
            compressor.close();
        }
    }
}
