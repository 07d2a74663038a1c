package org.imagingutility.engine.pipeline;

import org.imagingutility.api.error.ImagingException;

/**
 * What a job does with its frames.
 *
 * @param <T> what is to be done with a frame
 * @param <R> what a worker says of it
 */
public interface Stages<T, R> {

    /** Returns the next task, null at the end. Called by one thread at a time, in order. */
    T next() throws ImagingException;

    /** Fills the frame from the source. Called by several threads at once. */
    void read(Frame<T, R> frame) throws ImagingException;

    /**
     * Makes what one worker thread needs; one call at a time.
     *
     * @throws OutOfMemoryError if there is no memory for it: the pipeline continues with the workers it has
     */
    Worker<T, R> newWorker() throws ImagingException;

    /** Returns about how many bytes of native memory a worker takes. */
    default long workerMemory() {
        return 1 << 20;
    }

    /** Takes the finished frames, in the order of their tasks, in the thread that runs the pipeline. */
    void write(Frame<T, R> frame) throws ImagingException;

    /** Called once when the job fails or is cancelled: nothing may keep the other stages waiting any longer. */
    default void abort() {
    }

    /**
     * Turns what was read into what is written. For one thread.
     *
     * @param <T> what is to be done with a frame
     * @param <R> what a worker says of it
     */
    interface Worker<T, R> extends AutoCloseable {

        /** Works on one frame and sets its result. */
        void work(Frame<T, R> frame) throws ImagingException;

        @Override
        void close();
    }
}
