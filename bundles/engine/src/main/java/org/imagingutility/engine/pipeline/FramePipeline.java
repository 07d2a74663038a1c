package org.imagingutility.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobStatistics;

/**
 * Moves frames from a source through workers to an ordered end:
 * <pre>
 * pool ─▶ readers (next, read) ─▶ workers (work) ─▶ the calling thread (write, in order) ─▶ pool
 * </pre>
 * The number of frames is fixed, so memory is, and a fast stage waits for a slow one. The first error stops all
 * stages; {@link #run} then waits for their threads, so that nothing is used any more when it throws.
 *
 * @param <T> what is to be done with a frame
 * @param <R> what a worker says of it
 */
public final class FramePipeline<T, R> {
    private static final int POLL_MILLIS = 100;

    private final String name;
    private final Stages<T, R> stages;
    private final PipelineSettings settings;
    private final Pulse pulse;
    private final FramePool<T, R> pool;
    private final Handoff<Frame<T, R>> readDone = new Handoff<>();
    private final Handoff<Frame<T, R>> workDone = new Handoff<>();
    private final Governor.Clocks clocks = new Governor.Clocks();
    private final Gate readerGate;
    private final Gate workerGate;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger readersLeft;
    private final AtomicInteger workersLeft;
    private final Object sourceLock = new Object();
    private final Object hireLock = new Object();
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    private long nextSequence;
    private int hired;
    private boolean toldOfWorkers;

    /** What the running pipeline tells and asks between frames. */
    public interface Pulse {

        /** Called in the running thread several times a second and after each frame. */
        void beat();

        /** Says whether the job should stop. */
        boolean cancelled();

        /** The pipeline failed: whoever waits for something in one of its threads should give up. Called by any thread. */
        default void aborted() {
        }

        /** Takes something the user should know although the pipeline goes on; in the thread that makes or runs it. */
        void notice(String line);
    }

    /**
     * Creates a pipeline that runs once, cut to the memory there is.
     *
     * @param name says what the job does: imaging, verifying
     * @throws UsageException if there is no memory for a single frame
     */
    public FramePipeline(String name, Stages<T, R> stages, PipelineSettings wanted, Pulse pulse) throws UsageException {
        this(name, stages, wanted, pulse, new ProcessMemory());
    }

    FramePipeline(String name, Stages<T, R> stages, PipelineSettings wanted, Pulse pulse, Memory memory)
            throws UsageException {
        MemoryFit fit = MemoryFit.of(wanted, stages.workerMemory(), memory);
        fit.notice().ifPresent(pulse::notice);
        this.name = name;
        this.stages = stages;
        this.settings = fit.settings();
        this.pulse = pulse;
        this.pool = new FramePool<>(memory, settings.frameCount(), settings.contentSize(), settings.storedSize(),
                notices::add);
        this.readerGate = new Gate(1);
        this.workerGate = new Gate(settings.workers());
        this.readersLeft = new AtomicInteger(settings.maxReaders());
        this.workersLeft = new AtomicInteger(settings.workers());
    }

    /** Runs until the source is at its end and all frames are written. */
    public JobStatistics run() throws ImagingException {
        Governor governor = new Governor(clocks, readerGate, settings.maxReaders(), workerGate, settings.workers(),
                settings.adaptive(), System.nanoTime());
        List<Thread> threads = start();
        long written = 0;
        try {
            written = writeAll(governor);
        } catch (ImagingException | RuntimeException | Error e) {
            fail(e);
        } finally {
            threads.forEach(FramePipeline::join);
        }
        tellNotices();
        rethrow();
        return governor.statistics(System.nanoTime(), written);
    }

    private List<Thread> start() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < settings.maxReaders(); i++) {
            int number = i;
            threads.add(new Thread(() -> guarded(() -> readLoop(number), readersLeft, readDone), name + "-read-" + i));
        }
        for (int i = 0; i < settings.workers(); i++) {
            threads.add(new Thread(() -> guarded(this::workLoop, workersLeft, workDone), name + "-work-" + i));
        }
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        return threads;
    }

    private interface Loop {
        void run() throws ImagingException;
    }

    private void guarded(Loop loop, AtomicInteger left, Handoff<?> output) {
        try {
            loop.run();
        } catch (ImagingException | RuntimeException | Error e) {
            fail(e);
        } finally {
            if (left.decrementAndGet() == 0) {
                output.close();
            }
        }
    }

    private void readLoop(int number) throws ImagingException {
        while (true) {
            readerGate.pass(number);
            Frame<T, R> frame = pool.take();
            if (frame == null) {
                return;
            }
            if (!begin(frame)) {
                pool.giveBack(frame);
                readerGate.release();
                return;
            }
            long start = System.nanoTime();
            stages.read(frame);
            clocks.read().add(System.nanoTime() - start);
            readDone.put(frame);
        }
    }

    private boolean begin(Frame<T, R> frame) throws ImagingException {
        synchronized (sourceLock) {
            if (failure.get() != null) {
                return false;
            }
            T task = stages.next();
            if (task == null) {
                return false;
            }
            frame.begin(nextSequence++, task);
            return true;
        }
    }

    private void workLoop() throws ImagingException {
        Hired<T, R> hired = hire();
        if (hired == null) {
            return;
        }
        try (Stages.Worker<T, R> worker = hired.worker()) {
            while (true) {
                workerGate.pass(hired.number());
                Frame<T, R> frame = readDone.take();
                if (frame == null) {
                    workerGate.release();
                    return;
                }
                long start = System.nanoTime();
                worker.work(frame);
                clocks.work().add(System.nanoTime() - start);
                workDone.put(frame);
            }
        }
    }

    /** A worker with its number at the gate. Numbers leave no gap: the gate holds back the highest. */
    private record Hired<T, R>(Stages.Worker<T, R> worker, int number) {
    }

    /** Returns a worker, or null if there is no memory for one more and others do the work. */
    private Hired<T, R> hire() throws ImagingException {
        synchronized (hireLock) {
            try {
                return new Hired<>(stages.newWorker(), hired++);
            } catch (OutOfMemoryError e) {
                if (hired == 0) {
                    throw e;
                }
                if (!toldOfWorkers) {
                    toldOfWorkers = true;
                    notices.add("memory is short: there is none for all of " + settings.workers()
                            + " workers; going on with fewer");
                }
                return null;
            }
        }
    }

    private long writeAll(Governor governor) throws ImagingException {
        InOrder<T, R> inOrder = new InOrder<>(pool.frameLimit());
        long written = 0;
        while (true) {
            Frame<T, R> frame = workDone.poll(POLL_MILLIS);
            tellNotices();
            if (pulse.cancelled()) {
                throw new CancelledException(name);
            }
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
            pulse.beat();
            governor.tick(System.nanoTime(), readDone.size());
        }
    }

    private void tellNotices() {
        for (String notice = notices.poll(); notice != null; notice = notices.poll()) {
            pulse.notice(notice);
        }
    }

    private void fail(Throwable error) {
        if (!failure.compareAndSet(null, error) && failure.get() != error) {
            failure.get().addSuppressed(error);
        }
        pulse.aborted();
        stages.abort();
        pool.abort();
        readDone.abort();
        workDone.abort();
        readerGate.release();
        workerGate.release();
    }

    private void rethrow() throws ImagingException {
        Throwable error = failure.get();
        if (error instanceof ImagingException e) {
            throw e;
        }
        if (error instanceof RuntimeException e) {
            throw e;
        }
        if (error instanceof Error e) {
            throw e;
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
