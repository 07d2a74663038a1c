package org.imagingutility.engine.pipeline;

import java.nio.ByteBuffer;

/**
 * A frame on its way through the pipeline: two buffers, what is to be done, and what came of it. Belongs to the stage
 * that holds it; passing it on is what makes its fields visible to the next.
 *
 * @param <T> what is to be done
 * @param <R> what came of it
 */
public final class Frame<T, R> {
    private final ByteBuffer contentMemory;
    private final ByteBuffer storedMemory;
    private final ByteBuffer content;
    private final ByteBuffer stored;
    private long sequence;
    private T task;
    private R result;

    /**
     * Creates a frame.
     *
     * @param contentMemory buffer that {@code content} is a part of, for its next use
     * @param storedMemory buffer that {@code stored} is a part of
     */
    Frame(ByteBuffer contentMemory, ByteBuffer content, ByteBuffer storedMemory, ByteBuffer stored) {
        this.contentMemory = contentMemory;
        this.content = content;
        this.storedMemory = storedMemory;
        this.stored = stored;
    }

    ByteBuffer contentMemory() {
        return contentMemory;
    }

    ByteBuffer storedMemory() {
        return storedMemory;
    }

    /** Returns the page-aligned direct buffer for the bytes of the device. */
    public ByteBuffer content() {
        return content;
    }

    /** Returns the page-aligned direct buffer for the stored bytes. */
    public ByteBuffer stored() {
        return stored;
    }

    /** Returns what is to be done. */
    public T task() {
        return task;
    }

    /** Returns what came of it, null until a worker said so. */
    public R result() {
        return result;
    }

    /** Says what came of it. */
    public void result(R value) {
        result = value;
    }

    long sequence() {
        return sequence;
    }

    void begin(long newSequence, T newTask) {
        sequence = newSequence;
        task = newTask;
        result = null;
        content.clear();
        stored.clear();
    }
}
