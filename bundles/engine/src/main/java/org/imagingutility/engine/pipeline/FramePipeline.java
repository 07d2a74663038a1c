package org.imagingutility.engine.pipeline;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobStatistics;

/**
 * Moves frames from a source through workers to an ordered end:
 * <pre>
 * pool ─▶ readers (next, read) ─▶ workers (work) ─▶ the calling thread (write, in order) ─▶ pool
 * </pre>
 * The number of frames is bounded, so memory is, and a fast stage waits for a slow one. The first error stops all
 * stages; {@link #run} then waits for their threads, so that nothing is used any more when it throws. Asked to hold, it
 * takes up nothing more and writes what is under way.
 *
 * @param <T> what is to be done with a frame
 * @param <R> what a worker says of it
 */
public final class FramePipeline<T, R> {
    private static final int POLL_MILLIS = 100;
    private static final long HELD_POLL_NANOS = 50_000_000;

    private final String name;
    private final Stages<T, R> stages;
    private final PipelineSettings settings;
    private final Monitor monitor;
    private final SharedResources.Share share;
    private final FramePool<T, R> pool;
    private final Handoff<Frame<T, R>> readDone = new Handoff<>();
    private final Handoff<Frame<T, R>> workDone = new Handoff<>();
    private final Governor.Clocks clocks = new Governor.Clocks();
    private final Gate readerGate;
    private final Gate workerGate;
    private final Readers<T, R> readers;
    private final Workers<T, R> workers;
    private final Failure failure = new Failure();
    private final StageThreads threads;
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    /** What the running pipeline tells and asks between frames. */
    public interface Monitor {

        /** Called in the running thread several times a second and after each frame. */
        void tick();

        /** Says whether the job should stop. */
        boolean cancelled();

        /** The pipeline failed: whoever waits for something in one of its threads should give up. Called by any thread. */
        default void onFailure() {
        }

        /** Says whether the job should hold. */
        default boolean paused() {
            return false;
        }

        /** Called in the running thread when all that was under way is written and the job holds. */
        default void onPause() {
        }

        /** Called in the running thread when the job resumes, with how long it was paused. */
        default void onResume(long heldNanos) {
        }

        /** Returns how many workers there may be, 0 for what the settings say. */
        default int workers() {
            return 0;
        }

        /** Takes something the user should know although the pipeline continues; in the thread that makes or runs it. */
        void notice(String line);
    }

    /**
     * Creates a pipeline that runs once, cut to the memory there is.
     *
     * @param resources what it shares with other pipelines
     * @param name says what the job does: imaging, verifying
     * @throws UsageException if there is no memory for a single frame
     */
    public FramePipeline(SharedResources resources, String name, Stages<T, R> stages, PipelineSettings wanted, Monitor monitor)
            throws UsageException {
        Memory memory = resources.memory();
        MemoryFit fit = MemoryFit.of(wanted, stages.workerMemory(), memory);
        if (fit.notice().isPresent()) {
            monitor.notice(fit.notice().get());
        }
        this.name = name;
        this.stages = stages;
        this.settings = fit.settings();
        this.monitor = monitor;
        this.share = resources.enter(settings);
        this.pool = new FramePool<>(memory, share, settings.frameCount(), settings.contentSize(), settings.storedSize(),
                notices::add);
        this.threads = new StageThreads(name, this::fail);
        this.readerGate = new Gate(1);
        this.workerGate = new Gate(Math.max(1, Math.min(settings.workers(), share.workers())));
        this.readers = new Readers<>(stages, pool, readerGate, readDone, clocks.read(), failure);
        this.workers = new Workers<>(stages, settings, memory, workerGate, readDone, workDone, clocks.work(), notices::add);
    }

    /** Runs until the source is at its end and all frames are written. */
    public JobStatistics run() throws ImagingException {
        try (share) {
            return runShared();
        } finally {
            pool.close();
        }
    }

    private JobStatistics runShared() throws ImagingException {
        Governor governor = new Governor(clocks, readerGate, settings.maxReaders(), workerGate, settings.workers(), share,
                settings.adaptive(), System.nanoTime());
        long written = 0;
        try {
            readers.start(threads, settings.maxReaders());
            workers.startOpen(threads);
            written = writeAll(governor);
        } catch (ImagingException | RuntimeException | Error e) {
            fail(e);
        } finally {
            threads.join();
        }
        deliverNotices();
        failure.rethrow();
        return governor.statistics(System.nanoTime(), written);
    }

    private long writeAll(Governor governor) throws ImagingException {
        ReorderBuffer<T, R> inOrder = new ReorderBuffer<>(pool.frameLimit());
        long written = 0;
        while (true) {
            Frame<T, R> frame = workDone.poll(POLL_MILLIS);
            if (failure.happened()) {
                // whoever failed may have been without the memory to tell all others
                stop();
                return written;
            }
            deliverNotices();
            if (monitor.cancelled()) {
                throw new CancelledException(name);
            }
            if (monitor.paused()) {
                readers.block(true);
                if (frame == null && readers.idle(written) && !workDone.finished()) {
                    waitWhilePaused(governor);
                }
            } else {
                readers.block(false);
            }
            heedWorkers(governor, inOrder);
            if (frame == null) {
                if (workDone.finished()) {
                    return written;
                }
            } else {
                inOrder.add(frame);
                for (Frame<T, R> next = inOrder.next(); next != null; next = inOrder.next()) {
                    long start = System.nanoTime();
                    stages.write(next);
                    clocks.write().add(System.nanoTime() - start);
                    pool.giveBack(next);
                    written++;
                }
            }
            monitor.tick();
            governor.tick(System.nanoTime(), readDone.size());
            workers.startOpen(threads);
        }
    }

    /** Nothing is under way any more. */
    private void waitWhilePaused(Governor governor) throws CancelledException {
        long start = System.nanoTime();
        share.need(0);
        pool.shrink(SharedResources.LEAST_FRAMES);
        monitor.onPause();
        while (monitor.paused() && !failure.happened()) {
            if (monitor.cancelled()) {
                throw new CancelledException(name);
            }
            LockSupport.parkNanos(HELD_POLL_NANOS);
        }
        long now = System.nanoTime();
        governor.held(now - start, now);
        share.need(workers.wanted());
        monitor.onResume(now - start);
        readers.block(false);
    }

    /** Has as many workers as the user wants by now. */
    private void heedWorkers(Governor governor, ReorderBuffer<T, R> inOrder) throws ImagingException {
        if (!workers.ask(monitor.workers())) {
            return;
        }
        int fitting = workers.fitting();
        int frames = settings.framesFor(fitting);
        inOrder.grow(frames);
        share.own(fitting, frames);
        pool.limit(frames);
        governor.maxWorkers(fitting);
    }

    private void deliverNotices() {
        for (String notice = notices.poll(); notice != null; notice = notices.poll()) {
            monitor.notice(notice);
        }
    }

    /**
     * Notes an error and stops all stages. Each step is taken whatever becomes of the one before, as the memory for one of them may be
     * lacking: a stage that is not told waits for ever.
     */
    private void fail(Throwable error) {
        failure.add(error);
        stop();
    }

    private void stop() {
        for (Stop step : Stop.ALL) {
            try {
                stop(step);
            } catch (RuntimeException | Error e) {
                failure.add(e);
            }
        }
    }

    /** What there is to stop; not a list of lambdas, because making them takes memory. */
    private enum Stop {
        READ_DONE, WORK_DONE, POOL, READER_GATE, WORKER_GATE, MONITOR, STAGES;

        private static final Stop[] ALL = values();
    }

    private void stop(Stop step) {
        switch (step) {
            case READ_DONE -> readDone.abort();
            case WORK_DONE -> workDone.abort();
            case POOL -> pool.abort();
            case READER_GATE -> readerGate.release();
            case WORKER_GATE -> workerGate.release();
            case MONITOR -> monitor.onFailure();
            case STAGES -> stages.abort();
        }
    }
}
