package org.imagingutility.engine.plugin.job;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.WeakHashMap;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.guard.CarriedException;
import org.imagingutility.engine.plugin.PluginEntry;
import org.imagingutility.engine.plugin.PluginSet;
import org.imagingutility.engine.plugin.PluginUse;

/**
 * The codec of one job, whichever bundle provides it at the moment. While none does, who needs it waits. One that comes
 * instead must have the same name and wire id and pass {@link CodecProof} first. Holds no plug-in itself.
 */
final class SwappingCodec implements Codec {
    private final PluginSet<Codec> installed;
    private final SwapAwareMonitor monitor;
    private final RefusedPlugins refusals;
    private final ReplacementWait replacement;
    private final String name;
    private final int wireId;
    private final CodecProof proof;
    /** By identity, and not holding what is gone. */
    private final Set<PluginEntry<Codec>> proven = Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    /** Creates the codec; {@code first} needs no proof: there is nothing yet that it would have to go with. */
    SwappingCodec(PluginSet<Codec> installed, SwapAwareMonitor monitor, RefusedPlugins refusals, ReplacementWait replacement,
            PluginEntry<Codec> first) {
        this.installed = installed;
        this.monitor = monitor;
        this.refusals = refusals;
        this.replacement = replacement;
        this.name = first.name();
        this.wireId = first.plugin().wireId();
        this.proof = new CodecProof(first.plugin().traits());
        proven.add(first);
    }

    /** Something that is asked of the codec at hand. */
    private interface Call<R> {
        R on(Codec codec) throws CodecException;
    }

    /** Makes what a thread works with, and closes it. */
    interface Maker<T> {
        T make(Codec codec) throws CodecException;

        void close(T made);
    }

    /** For what is asked of the codec itself. */
    private static final class Itself implements Maker<Codec> {
        @Override
        public Codec make(Codec codec) {
            return codec;
        }

        @Override
        public void close(Codec made) {
            // whoever provides it does
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int wireId() {
        return wireId;
    }

    @Override
    public CodecTraits traits() {
        return proof.traits();
    }

    @Override
    public int maxStoredLength(int contentLength) {
        OptionalInt promised = proof.maxStoredLength(contentLength);
        return promised.isPresent() ? promised.getAsInt()
                : proof.promise(contentLength, unfailing(codec -> codec.maxStoredLength(contentLength)));
    }

    @Override
    public long compressorMemory(int level, int contentLength) {
        return unfailing(codec -> codec.compressorMemory(level, contentLength));
    }

    @Override
    public FrameCompressor newCompressor(int level) throws CodecException {
        return new SwappingCompressor(this, level, false);
    }

    @Override
    public FrameCompressor newProbingCompressor(int level) throws CodecException {
        return new SwappingCompressor(this, level, true);
    }

    @Override
    public FrameDecompressor newDecompressor() throws CodecException {
        return new SwappingDecompressor(this);
    }

    @Override
    public void encodeZeroRun(long zeroCount, ByteBuffer stored) throws CodecException {
        int position = stored.position();
        call(codec -> {
            codec.encodeZeroRun(zeroCount, stored.position(position));
            return null;
        });
    }

    @Override
    public int zeroRunLength(long zeroCount) throws CodecException {
        return call(codec -> codec.zeroRunLength(zeroCount));
    }

    private <R> R unfailing(Call<R> asked) {
        try {
            return call(asked);
        } catch (CodecException e) {
            throw new CarriedException(e);
        }
    }

    private <R> R call(Call<R> asked) throws CodecException {
        while (true) {
            CodecLease<Codec> lease = lease(new Itself(), null, OptionalInt.empty());
            try {
                return asked.on(lease.coder());
            } catch (CodecException | RuntimeException | LinkageError e) {
                if (!lease.last()) {
                    throw e;
                }
            } finally {
                lease.exit();
                lease.close();
            }
        }
    }

    /**
     * Makes something of the codec that is there, and waits for one if none is.
     *
     * @param content the frame to be compressed next, null if none is
     * @param level level it is to be compressed with
     * @return a lease in use
     */
    <T> CodecLease<T> lease(Maker<T> maker, ByteBuffer content, OptionalInt level) throws CodecException {
        while (true) {
            PluginEntry<Codec> entry = await();
            CodecLease<T> lease = new CodecLease<>(monitor, maker);
            Optional<PluginUse<Codec>> use = entry.use(lease);
            if (use.isEmpty()) {
                continue;
            }
            lease.begin(use.get());
            boolean made = false;
            try {
                if (isProven(entry, content, level, lease)) {
                    lease.begin(maker.make(entry.plugin()));
                    made = true;
                    return lease;
                }
            } catch (CodecException | RuntimeException | LinkageError e) {
                if (!lease.last()) {
                    throw e;
                }
            } finally {
                if (!made) {
                    lease.exit();
                    lease.close();
                }
            }
        }
    }

    private PluginEntry<Codec> await() {
        Optional<PluginEntry<Codec>> there = candidate();
        if (there.isPresent()) {
            return there.get();
        }
        try {
            return replacement.await(installed.kind(), name, this::candidate);
        } catch (ImagingException e) {
            throw new CarriedException(e);
        }
    }

    private Optional<PluginEntry<Codec>> candidate() {
        for (PluginEntry<Codec> entry : installed.sound()) {
            if (entry.name().equals(name) && entry.plugin().wireId() == wireId && refusals.accepts(entry)) {
                return Optional.of(entry);
            }
        }
        for (PluginEntry<Codec> entry : installed.sound()) {
            // the right one may have come since the first look: it is found by the next one
            if (entry.name().equals(name) && entry.plugin().wireId() != wireId && refusals.accepts(entry)) {
                refusals.add(entry, "its wire id is " + entry.plugin().wireId() + ", the job needs " + wireId);
            }
        }
        return Optional.empty();
    }

    private synchronized boolean isProven(PluginEntry<Codec> entry, ByteBuffer content, OptionalInt level, CodecLease<?> lease) {
        if (proven.contains(entry)) {
            return true;
        }
        if (!refusals.accepts(entry)) {
            return false;
        }
        Optional<String> fault = proof.fault(entry.plugin(), content, level);
        if (fault.isEmpty()) {
            proven.add(entry);
            return true;
        }
        if (!lease.last()) {
            refusals.add(entry, fault.get());
        }
        return false;
    }

    CodecProof proof() {
        return proof;
    }
}
