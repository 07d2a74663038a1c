package org.imagingutility.codec.compress.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.imagingutility.api.error.CodecException;

/** Compresses by a library that takes byte arrays: content goes through one array, piece by piece. For one thread. */
public abstract class StreamCompressor extends CheckedCompressor {
    private static final int PIECE = 64 << 10;

    private final String codec;
    private final HeapBudget budget;
    private final byte[] piece = new byte[PIECE];

    protected StreamCompressor(String codec, HeapBudget budget) {
        this.codec = codec;
        this.budget = budget;
    }

    /** Returns how many bytes of heap the library takes for one frame. */
    protected abstract long heapBytes(int contentLength);

    /** Begins a frame; closing what is returned ends it. */
    protected abstract OutputStream begin(int contentLength, OutputStream stored) throws IOException;

    @Override
    protected final void encode(ByteBuffer content, ByteBuffer stored) throws CodecException {
        int length = content.remaining();
        ByteBuffer in = content.duplicate();
        ByteBuffer out = stored.slice();
        int taken = budget.take(heapBytes(length), length);
        try (OutputStream encoder = begin(length, new BufferOutput(out))) {
            while (in.hasRemaining()) {
                int count = Math.min(piece.length, in.remaining());
                in.get(piece, 0, count);
                encoder.write(piece, 0, count);
            }
        } catch (IOException e) {
            throw new CodecException(codec, "cannot compress " + length + " bytes into " + out.capacity() + ": "
                    + e.getMessage(), e);
        } finally {
            budget.giveBack(taken);
        }
        content.position(content.limit());
        stored.position(stored.position() + out.position());
    }
}
