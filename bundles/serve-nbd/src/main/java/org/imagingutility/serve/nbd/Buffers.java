package org.imagingutility.serve.nbd;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Direct buffers for payloads, which go round. Used by several threads at once. */
final class Buffers {
    /** The largest buffer; what is longer is kept in several. */
    static final int LARGEST = 1 << 20;
    private static final int[] SIZES = {4 << 10, 64 << 10, 256 << 10, LARGEST};
    private static final long MOST_IDLE = 16L << 20;

    private final ConcurrentLinkedQueue<ByteBuffer> first = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<ByteBuffer> second = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<ByteBuffer> third = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<ByteBuffer> fourth = new ConcurrentLinkedQueue<>();
    private final AtomicLong idle = new AtomicLong();

    /** Returns buffers with {@code bytes} remaining in all. */
    ByteBuffer[] take(int bytes) {
        ByteBuffer[] taken = new ByteBuffer[(bytes + LARGEST - 1) / LARGEST];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = one(Math.min(LARGEST, bytes - i * LARGEST));
        }
        return taken;
    }

    private ByteBuffer one(int bytes) {
        int size = SIZES[kind(bytes)];
        ByteBuffer known = queue(size).poll();
        if (known != null) {
            idle.addAndGet(-size);
        }
        return (known == null ? ByteBuffer.allocateDirect(size) : known).clear().limit(bytes);
    }

    /** Gives buffers back. */
    void give(ByteBuffer[] buffers) {
        for (ByteBuffer buffer : buffers) {
            if (idle.addAndGet(buffer.capacity()) <= MOST_IDLE) {
                queue(buffer.capacity()).add(buffer);
            } else {
                idle.addAndGet(-buffer.capacity());
            }
        }
    }

    private static int kind(int bytes) {
        int kind = 0;
        while (SIZES[kind] < bytes) {
            kind++;
        }
        return kind;
    }

    private ConcurrentLinkedQueue<ByteBuffer> queue(int size) {
        return switch (kind(size)) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> fourth;
        };
    }
}
