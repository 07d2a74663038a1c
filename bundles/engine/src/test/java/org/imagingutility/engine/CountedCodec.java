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
    private final AtomicLong bytes = new AtomicLong();

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

    private final class Counting implements FrameCompressor {
        private final FrameCompressor compressor;

        Counting(FrameCompressor compressor) {
            this.compressor = compressor;
        }

        @Override
        public void compress(ByteBuffer content, ByteBuffer stored) throws CodecException {
            bytes.addAndGet(content.remaining());
            compressor.compress(content, stored);
        }

        @Override
        public void close() {
            compressor.close();
        }
    }
}
