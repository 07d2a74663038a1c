package org.imagingutility.codec.compress.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.imagingutility.api.error.CodecException;

/** Decompresses by a library that gives byte arrays: content goes through one array, piece by piece. For one thread. */
public abstract class StreamDecompressor extends CheckedDecompressor {
    private static final int PIECE = 64 << 10;

    private final HeapBudget budget;
    private final byte[] piece = new byte[PIECE];

    protected StreamDecompressor(String codec, HeapBudget budget) {
        super(codec);
        this.budget = budget;
    }

    /** Returns the most bytes of heap that the library takes for one frame. */
    protected abstract long heapBytes(int contentLength);

    /** Begins a frame. */
    protected abstract InputStream begin(InputStream stored, int contentLength) throws IOException;

    @Override
    protected final void decode(ByteBuffer stored, ByteBuffer content) throws CodecException {
        int length = content.remaining();
        int taken = budget.take(heapBytes(length), length);
        try (InputStream decoder = begin(new BufferInput(stored), length)) {
            copy(decoder, content);
        } catch (IOException | RuntimeException e) {
            // with damaged data the libraries find some array index wrong before they find the data wrong
            throw damaged("after " + content.position() + " of " + length + " bytes of content: " + e, e);
        } finally {
            budget.giveBack(taken);
        }
        if (stored.hasRemaining()) {
            throw damaged(stored.remaining() + " bytes follow it");
        }
    }

    private void copy(InputStream decoder, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            int count = decoder.read(piece, 0, Math.min(piece.length, content.remaining()));
            if (count <= 0) {
                throw new IOException("no more content");
            }
            content.put(piece, 0, count);
        }
        // reads on to the end, where the library compares its checksums
        if (decoder.read() >= 0) {
            throw new IOException("more content than expected");
        }
    }
}
