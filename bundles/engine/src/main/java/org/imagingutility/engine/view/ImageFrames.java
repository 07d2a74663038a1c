package org.imagingutility.engine.view;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.Sha256;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.read.ChunkTableCache;
import org.imagingutility.engine.read.StoredFrameSize;

/**
 * The frames of one image of a device: which windows have one, and their content. What an image says it could not read reads as zeros, as
 * it does when it is exported. The image may be closed and opened again between calls; each call is given its reader. Used by several
 * threads at once.
 */
final class ImageFrames implements AutoCloseable {
    /** What a window is. */
    sealed interface Window {
    }

    /** Zeros: nothing is stored, or a frame that is proven to hold nothing else. */
    record Zeros() implements Window {
        private static final Zeros ZEROS = new Zeros();
    }

    /** A frame that holds it. */
    record Stored(StoredFrame frame) implements Window {
    }

    private final Plugins plugins;
    private final String reference;
    private final int number;
    private final ImageSpec spec;
    private final DecodedFrames cache;
    private final FrameDecoders decoders;
    private final Damages damages;
    private final Map<Integer, Digest> zeroDigests = new ConcurrentHashMap<>();
    private final Object tableLock = new Object();
    private ImageReader tablesOf;
    private ChunkTableCache tables;
    private int mostStored;

    /** Is told of each damaged frame or chunk once. */
    @FunctionalInterface
    interface Damages {
        void found(String line);
    }

    /**
     * Creates the frames of an image.
     *
     * @param number the number of the image in {@code cache}
     * @param spec what the image says of itself
     */
    ImageFrames(Plugins plugins, String reference, int number, ImageSpec spec, DecodedFrames cache, Semaphore permits, Damages damages) {
        this.plugins = plugins;
        this.reference = reference;
        this.number = number;
        this.spec = spec;
        this.cache = cache;
        this.decoders = new FrameDecoders(plugins, reference, permits);
        this.damages = damages;
    }

    ImageSpec spec() {
        return spec;
    }

    String reference() {
        return reference;
    }

    DecodedFrames.Key key(long window) {
        return new DecodedFrames.Key(number, window);
    }

    /**
     * Finds out what a window is. Reads the table of its chunk, at most.
     *
     * @throws DamagedFrameException if that does not hold
     */
    Window window(ImageReader reader, long window) throws ImagingException, DamagedFrameException {
        long offset = window * spec.frameSize();
        long end = offset + spec.contentLength(window);
        for (int i = firstChunkEndingAfter(reader, offset); i < reader.chunkCount() && reader.chunk(i).deviceOffset() < end; i++) {
            ChunkTable table = table(reader, i);
            FrameEntry entry = entry(table, window);
            if (entry != null && !isZeros(entry.frame())) {
                if (entry.frame().contentLength() != spec.contentLength(window)) {
                    throw new DamagedFrameException("frame " + window + " of the image holds " + entry.frame().contentLength()
                            + " bytes, expected " + spec.contentLength(window));
                }
                return new Stored(new StoredFrame(table, entry, offset));
            }
        }
        return Zeros.ZEROS;
    }

    /** Returns how many windows from {@code window} on surely hold nothing, by the index of the image alone; 0 if that one may hold something. */
    long windowsWithout(ImageReader reader, long window) {
        long offset = window * spec.frameSize();
        int chunk = firstChunkEndingAfter(reader, offset);
        long next = chunk == reader.chunkCount() ? spec.frameCount() : reader.chunk(chunk).deviceOffset() / spec.frameSize();
        return Math.max(0, next - window);
    }

    private static int firstChunkEndingAfter(ImageReader reader, long position) {
        int low = 0;
        int high = reader.chunkCount();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (reader.chunk(middle).deviceOffset() + reader.chunk(middle).deviceLength() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * Returns the content of a window that has a frame, in use; the caller gives it back to the cache.
     *
     * @throws DamagedFrameException if it does not hold
     */
    DecodedFrames.Frame content(ImageReader reader, StoredFrame frame) throws ImagingException, DamagedFrameException {
        return cache.use(key(frame.entry().frame().frameIndex()), spec.frameSize(), content -> {
            Optional<String> problem = decoders.decode(reader, frame, mostStored(reader), content);
            problem.ifPresent(reason -> damages.found("image \"" + reference + "\" at byte " + frame.entry().fileOffset() + ": frame "
                    + frame.entry().frame().frameIndex() + " (device bytes " + frame.offset() + " to " + (frame.end() - 1) + "): "
                    + reason + "; reads of that range fail"));
            return problem;
        });
    }

    private ChunkTable table(ImageReader reader, int chunk) throws ImagingException, DamagedFrameException {
        synchronized (tableLock) {
            if (tablesOf != reader) {
                tablesOf = reader;
                tables = new ChunkTableCache(reader);
                mostStored = 0;
            }
            DecodedFrames.Key damaged = new DecodedFrames.Key(number, -1L - chunk);
            try {
                return cache.orDamaged(damaged, () -> tables.table(chunk));
            } catch (ImageDamagedException e) {
                throw damaged(damaged, chunk, e.reason());
            }
        }
    }

    private DamagedFrameException damaged(DecodedFrames.Key key, int chunk, String reason) {
        cache.remember(key, "chunk " + chunk + " of the image: " + reason);
        damages.found("image \"" + reference + "\": chunk " + chunk + ": " + reason + "; reads of its range fail");
        return new DamagedFrameException("chunk " + chunk + " of the image: " + reason);
    }

    private int mostStored(ImageReader reader) throws ImagingException {
        synchronized (tableLock) {
            if (mostStored == 0) {
                mostStored = StoredFrameSize.largest(plugins, reference, reader);
            }
            return mostStored;
        }
    }

    /** The table's digest proves that of the content, so what is stored need not be looked at. */
    private boolean isZeros(FrameInfo frame) {
        return frame.kind() == FrameKind.ZERO && frame.contentDigest().equals(zeroDigests.computeIfAbsent(frame.contentLength(),
                length -> new Sha256().of(ByteBuffer.allocate(length))));
    }

    /** Returns the frame of a window; null if the image holds none. */
    private static FrameEntry entry(ChunkTable table, long window) {
        List<FrameEntry> entries = table.frames();
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).frame().frameIndex() < window) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < entries.size() && entries.get(low).frame().frameIndex() == window ? entries.get(low) : null;
    }

    @Override
    public void close() {
        decoders.close();
    }
}
