package org.imagingutility.format.img1;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/**
 * The content of a chunk, decoded from its begin on as far as it is asked for. Remembers the last {@link #MEMORY} bytes; a read
 * before them decodes the chunk again. Used for one chunk after another, so that nothing is allocated for a chunk. A zstd frame
 * with a window of more than 128 MiB is refused by the library. For one thread at a time.
 */
final class ChunkStream implements AutoCloseable {
    /** More than what is under way in a pipeline, whose readers do not ask in order. */
    static final int MEMORY = 4 << 20;
    private static final int INPUT = 128 << 10;

    private final ImageFile file;
    private final ZstdDecompressCtx context;
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT);
    private final ByteBuffer beyond = ByteBuffer.allocateDirect(1);
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);
    private Chunk chunk;
    private long unread;
    private long decoded;
    private boolean ended;

    ChunkStream(ImageFile file) {
        this.file = file;
        try {
            this.context = new ZstdDecompressCtx();
        } catch (IllegalStateException e) {
            throw outOfMemory(e);
        }
    }

    /** Says whether this is the stream of chunk {@code number}. */
    boolean isOf(int number) {
        return chunk != null && chunk.number() == number;
    }

    /** Goes to the begin of another chunk. */
    void open(Chunk next) {
        chunk = null;
        int needed = Math.min(MEMORY, next.length());
        if (memory.capacity() < needed) {
            memory = ByteBuffer.allocateDirect(Math.min(MEMORY, Integer.highestOneBit(needed) * 2));
        }
        chunk = next;
        rewind();
    }

    /**
     * Puts {@code length} bytes of content from {@code from} on into {@code target}; at most 64 KiB.
     *
     * @throws ImageDamagedException if the compressed data do not hold
     */
    void read(int from, int length, ByteBuffer target) throws ImagingException {
        if (from < decoded - memory.capacity()) {
            rewind();
        }
        while (decoded < from + (long) length) {
            decode();
        }
        int at = from % memory.capacity();
        int first = Math.min(length, memory.capacity() - at);
        target.put(memory.duplicate().clear().position(at).limit(at + first));
        target.put(memory.duplicate().clear().limit(length - first));
    }

    /**
     * Checks that the zstd frame ends where the content does, and that it is all there is; when all content was read.
     *
     * @throws ImageDamagedException if not
     */
    void requireEnd() throws ImagingException {
        while (!ended) {
            step(beyond.clear());
            if (beyond.position() > 0) {
                throw damaged("gives more than the " + chunk.length() + " bytes of the chunk");
            }
        }
        if (unread > 0 || input.hasRemaining()) {
            throw damaged("ends " + (unread + input.remaining()) + " bytes before the end of its " + chunk.compressed());
        }
    }

    @Override
    public void close() {
        chunk = null;
        context.close();
    }

    private void rewind() {
        context.reset();
        input.clear().limit(0);
        unread = chunk.compressed();
        decoded = 0;
        ended = false;
    }

    /** Decodes some more. */
    private void decode() throws ImagingException {
        int at = (int) (decoded % memory.capacity());
        int most = (int) Math.min(Math.min(memory.capacity() - at, Sections.FRAME), chunk.length() - decoded);
        if (ended) {
            throw damaged("ends after " + decoded + " of " + chunk.length() + " bytes");
        }
        ByteBuffer target = memory.duplicate().clear().position(at).limit(at + most);
        step(target);
        decoded += target.position() - at;
    }

    private void step(ByteBuffer target) throws ImagingException {
        if (!input.hasRemaining() && unread > 0) {
            int some = (int) Math.min(INPUT, unread);
            input.clear().limit(some);
            try {
                file.read(chunk.fileEnd() - unread, input);
            } catch (ImagingException | RuntimeException | Error e) {
                rewind();
                throw e;
            }
            input.flip();
            unread -= some;
        }
        int before = target.position() - input.position();
        try {
            ended = context.decompressDirectByteBufferStream(target, input);
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errMemoryAllocation()) {
                throw outOfMemory(e);
            }
            throw damaged("cannot be decompressed after " + decoded + " bytes: " + e.getMessage());
        }
        if (!ended && target.position() - input.position() == before && unread == 0) {
            throw damaged("is cut off: its " + chunk.compressed() + " bytes give " + decoded + " of " + chunk.length());
        }
    }

    private ImageDamagedException damaged(String reason) {
        Chunk of = chunk;
        // whoever asks again starts over
        rewind();
        return new ImageDamagedException(file.reference(), of.payloadOffset(), "the zstd frame of chunk " + of.number() + " "
                + reason, null);
    }

    private static OutOfMemoryError outOfMemory(RuntimeException cause) {
        OutOfMemoryError error = new OutOfMemoryError("no native memory to decompress a chunk of an IMG1 image");
        error.initCause(cause);
        return error;
    }
}
