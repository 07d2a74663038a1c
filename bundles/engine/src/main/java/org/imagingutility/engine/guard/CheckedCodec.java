package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.PluginException;

/** Guards a {@link Codec} and what it makes. */
public final class CheckedCodec implements Codec {
    private static final int MAX_WIRE_ID = 0xFFFF;
    /** What a container has room for beside the content and 1 % of it (see {@code Codec.maxStoredLength}). */
    private static final int SLACK = 64 << 10;
    /** More memory than that no compressor of one frame takes: bytes, 1 TiB. */
    private static final long MOST_MEMORY = 1L << 40;

    private final GuardedPlugin plugin;
    private final Codec codec;
    private final int wireId;
    private final CodecTraits traits;
    private final boolean readsBack;

    /**
     * Creates the guard; what {@code codec} says of itself is asked once.
     *
     * @param readsBack whether each frame is decompressed and compared as soon as it was compressed
     * @throws PluginException if it says something impossible
     */
    public CheckedCodec(GuardedPlugin plugin, Codec codec, boolean readsBack) throws PluginException {
        this.plugin = plugin;
        this.codec = codec;
        this.wireId = (int) plugin.inRange("Codec.wireId", codec.wireId(), 1, MAX_WIRE_ID);
        if (codec.wireId() != wireId) {
            throw plugin.violated("Codec.wireId", "returned " + wireId + " first and another number later");
        }
        this.traits = plugin.present("Codec.traits", codec.traits());
        this.readsBack = readsBack;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public int wireId() {
        return wireId;
    }

    @Override
    public CodecTraits traits() {
        return traits;
    }

    /**
     * {@inheritDoc} For a codec that is read back, always the most that a container has room for: one that promises less than it
     * did when an image was made would make that image look damaged.
     */
    @Override
    public int maxStoredLength(int contentLength) {
        try {
            long most = contentLength + contentLength / 100L + SLACK;
            long promised = plugin.inRange("Codec.maxStoredLength", codec.maxStoredLength(contentLength), 1, most);
            return (int) (readsBack ? most : promised);
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Codec.maxStoredLength", e);
        }
    }

    @Override
    public long compressorMemory(int level, int contentLength) {
        try {
            long memory = plugin.inRange("Codec.compressorMemory", codec.compressorMemory(level, contentLength), 0, MOST_MEMORY);
            return readsBack ? memory + contentLength : memory;
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Codec.compressorMemory", e);
        }
    }

    @Override
    public FrameCompressor newCompressor(int level) throws CodecException {
        try {
            return guarded(plugin.present("Codec.newCompressor", codec.newCompressor(level)));
        } catch (OutOfMemoryError e) {
            // may be thrown: a job that finds no memory for one more continues with those it has
            throw e;
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Codec.newCompressor", e);
        }
    }

    @Override
    public FrameCompressor newProbingCompressor(int level) throws CodecException {
        try {
            return guarded(plugin.present("Codec.newProbingCompressor", codec.newProbingCompressor(level)));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Codec.newProbingCompressor", e);
        }
    }

    private FrameCompressor guarded(FrameCompressor compressor) throws CodecException {
        FrameCompressor guarded = new CheckedCompressor(plugin, compressor);
        if (!readsBack) {
            return guarded;
        }
        try {
            return new ReadBackCompressor(plugin, guarded, newDecompressor());
        } catch (CodecException | RuntimeException | Error e) {
            guarded.close();
            throw e;
        }
    }

    @Override
    public FrameDecompressor newDecompressor() throws CodecException {
        try {
            return new CheckedDecompressor(plugin, plugin.present("Codec.newDecompressor", codec.newDecompressor()));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Codec.newDecompressor", e);
        }
    }

    @Override
    public void encodeZeroRun(long zeroCount, ByteBuffer stored) throws CodecException {
        int start = stored.position();
        int limit = stored.limit();
        try {
            codec.encodeZeroRun(zeroCount, stored);
            if (stored.position() <= start || stored.limit() != limit) {
                throw plugin.violated("Codec.encodeZeroRun", "moved the buffer from position " + start + " of " + limit + " to "
                        + stored.position() + " of " + stored.limit());
            }
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Codec.encodeZeroRun", e);
        }
    }

    @Override
    public int zeroRunLength(long zeroCount) throws CodecException {
        try {
            return (int) plugin.inRange("Codec.zeroRunLength", codec.zeroRunLength(zeroCount), 1, Integer.MAX_VALUE);
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Codec.zeroRunLength", e);
        }
    }
}
