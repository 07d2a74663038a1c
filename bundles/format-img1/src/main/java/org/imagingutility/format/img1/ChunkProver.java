package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/**
 * Proves chunks: decodes one from its begin to its end, compares its SHA-256 with the one in its head, and keeps what the tables
 * of the sections need of it. Remembers those proven last. For one thread at a time.
 */
final class ChunkProver {
    private static final int MEMORY = 8 << 20;

    private final ImageFile file;
    private final Layout layout;
    private final ChunkStreams streams;
    private final ByteBuffer window = ByteBuffer.allocateDirect(Sections.FRAME);
    private final MessageDigest sha256 = FrameProofs.sha256();
    private final LinkedHashMap<Integer, ProvenChunk> proven = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    ChunkProver(ImageFile file, Layout layout, ChunkStreams streams) {
        this.file = file;
        this.layout = layout;
        this.streams = streams;
    }

    /**
     * Returns chunk {@code number}.
     *
     * @throws ImageDamagedException if it does not hold
     */
    ProvenChunk prove(int number) throws ImagingException {
        ProvenChunk known = proven.get(number);
        if (known == null) {
            known = proof(layout.chunks().get(number));
            proven.put(number, known);
            weight += known.weight();
            while (weight > MEMORY && proven.size() > 1) {
                Map.Entry<Integer, ProvenChunk> oldest = proven.entrySet().iterator().next();
                weight -= oldest.getValue().weight();
                proven.remove(oldest.getKey());
            }
        }
        return known;
    }

    private ProvenChunk proof(Chunk chunk) throws ImagingException {
        long headOffset = chunk.payloadOffset() - Chunk.HEAD;
        Digest expected = ChunkHead.read(file, headOffset).digest();
        ChunkStream stream = streams.of(chunk.number());
        Chunks chunks = layout.chunks();
        long firstWindow = Sections.window(chunk.deviceOffset());
        long lastWindow = Sections.window(chunk.deviceEnd() - 1);
        boolean firstShared = chunk.number() > 0 && Sections.window(chunks.deviceEnd(chunk.number() - 1) - 1) == firstWindow;
        boolean lastShared = chunk.number() + 1 < chunks.count()
                && Sections.window(chunks.deviceOffset(chunk.number() + 1)) == lastWindow;
        long ownFirst = firstShared ? firstWindow + 1 : firstWindow;
        long ownLast = lastShared ? lastWindow - 1 : lastWindow;
        FrameProofs frames = new FrameProofs(ownFirst, (int) Math.max(0, ownLast - ownFirst + 1));
        byte[] first = null;
        byte[] last = null;
        sha256.reset();
        for (long at = firstWindow; at <= lastWindow; at++) {
            int from = (int) Math.max(0, chunk.deviceOffset() - at * Sections.FRAME);
            int to = (int) Math.min(Sections.FRAME, chunk.deviceEnd() - at * Sections.FRAME);
            boolean own = at >= ownFirst && at <= ownLast;
            if (own && to - from < Sections.FRAME) {
                zero(window.clear());
            }
            window.clear().position(from);
            stream.read((int) (at * Sections.FRAME + from - chunk.deviceOffset()), to - from, window);
            window.limit(to).position(from);
            sha256.update(window.duplicate());
            if (own) {
                frames.add(window.clear().limit(contentLength(at)));
            } else if (at == firstWindow) {
                first = bytes();
            } else {
                last = bytes();
            }
        }
        stream.requireEnd();
        Digest found = Digest.of(sha256.digest());
        if (!found.equals(expected)) {
            throw new ImageDamagedException(file.reference(), headOffset, "SHA-256 of the content of chunk " + chunk.number()
                    + " (device bytes " + chunk.deviceOffset() + " to " + (chunk.deviceEnd() - 1) + ") is " + found
                    + ", its head says " + expected, null);
        }
        return new ProvenChunk(frames, first, last);
    }

    /** Returns how many bytes of device lie in a window. */
    private int contentLength(long at) {
        return (int) Math.min(Sections.FRAME, layout.deviceLength() - at * Sections.FRAME);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[window.remaining()];
        window.duplicate().get(bytes);
        return bytes;
    }

    /** Makes what remains of {@code buffer} zeros. */
    static void zero(ByteBuffer buffer) {
        while (buffer.remaining() >= Long.BYTES) {
            buffer.putLong(0);
        }
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
    }
}
