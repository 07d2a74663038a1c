package org.imagingutility.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
    private final Pulse pulse;
    private final Memory memory;
    private final Machine.Share share;
    private final List<Thread> threads = new ArrayList<>();
    private final FramePool<T, R> pool;
    private final Handoff<Frame<T, R>> readDone = new Handoff<>();
    private final Handoff<Frame<T, R>> workDone = new Handoff<>();
    private final Governor.Clocks clocks = new Governor.Clocks();
    private final Gate readerGate;
    private final Gate workerGate;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger readersLeft;
    private final AtomicInteger workersLeft = new AtomicInteger();
    /** Tasks that were drawn, and those that are about to be. */
    private final AtomicLong drawn = new AtomicLong();
    private final Object sourceLock = new Object();
    private final Object hireLock = new Object();
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    private long nextSequence;
    private int workerThreads;
    private int mostThreads = Integer.MAX_VALUE;
    private int workersAsked;
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

        /** Says whether the job should hold. */
        default boolean paused() {
            return false;
        }

        /** Called in the running thread when all that was under way is written and the job holds. */
        default void holds() {
        }

        /** Called in the running thread when the job goes on, with how long it held. */
        default void goesOn(long heldNanos) {
        }

        /** Returns how many workers there may be, 0 for what the settings say. */
        default int workers() {
            return 0;
        }

        /** Takes something the user should know although the pipeline goes on; in the thread that makes or runs it. */
        void notice(String line);
    }

    /**
     * Creates a pipeline that runs once, cut to the memory there is.
     *
     * @param machine what it shares with other pipelines
     * @param name says what the job does: imaging, verifying
     * @throws UsageException if there is no memory for a single frame
     */
    public FramePipeline(Machine machine, String name, Stages<T, R> stages, PipelineSettings wanted, Pulse pulse)
            throws UsageException {
        this.memory = machine.memory();
        MemoryFit fit = MemoryFit.of(wanted, stages.workerMemory(), memory);
        fit.notice().ifPresent(pulse::notice);
        this.name = name;
        this.stages = stages;
        this.settings = fit.settings();
        this.pulse = pulse;
        this.share = machine.enter(settings);
        this.pool = new FramePool<>(memory, share, settings.frameCount(), settings.contentSize(), settings.storedSize(),
                notices::add);
        this.readerGate = new Gate(1);
        this.workerGate = new Gate(Math.max(1, Math.min(settings.workers(), share.workers())));
        this.readersLeft = new AtomicInteger(settings.maxReaders());
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
            startReaders();
            startWorkers(workerGate.open());
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

    private void startReaders() {
        for (int i = 0; i < settings.maxReaders(); i++) {
            int number = i;
            start(() -> guarded(() -> readLoop(number), readersLeft, readDone), name + "-read-" + i);
        }
    }

    /** Sees to it that there are threads for so many workers. */
    private void startWorkers(int count) {
        int more = Math.max(0, Math.min(count, mostThreads) - workerThreads);
        workersLeft.addAndGet(more);
        for (int i = 0; i < more; i++) {
            try {
                start(() -> guarded(this::workLoop, workersLeft, workDone), name + "-work-" + workerThreads);
                workerThreads++;
            } catch (OutOfMemoryError e) {
                if (workerThreads == 0) {
                    throw e;
                }
                mostThreads = workerThreads;
                notices.add("no more than " + workerThreads + " workers can be had: " + e.getMessage());
                if (workersLeft.addAndGet(i - more) == 0) {
                    workDone.close();
                }
                return;
            }
        }
    }

    private void start(Runnable loop, String threadName) {
        Thread thread = new Thread(loop, threadName);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
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
            Drawn next = begin(frame);
            while (next == Drawn.HELD) {
                readerGate.pass(number);
                next = begin(frame);
            }
            if (next == Drawn.NONE) {
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

    /** What came of drawing a task. */
    private enum Drawn { TASK, NONE, HELD }

    private Drawn begin(Frame<T, R> frame) throws ImagingException {
        synchronized (sourceLock) {
            // counted before the gate is looked at: who closed it and then finds nothing drawn knows that nothing will be
            drawn.incrementAndGet();
            T task = null;
            try {
                if (failure.get() != null) {
                    return Drawn.NONE;
                }
                if (readerGate.isHeld()) {
                    return Drawn.HELD;
                }
                task = stages.next();
                if (task == null) {
                    return Drawn.NONE;
                }
            } finally {
                if (task == null) {
                    drawn.decrementAndGet();
                }
            }
            frame.begin(nextSequence++, task);
            return Drawn.TASK;
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
                    notices.add("memory is short: there is none for all of " + Math.max(workersAsked, settings.workers())
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
            if (pulse.paused()) {
                readerGate.hold(true);
                if (frame == null && drawn.get() == written && !workDone.finished()) {
                    holdWhilePaused(governor);
                }
            } else if (readerGate.isHeld()) {
                readerGate.hold(false);
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
            pulse.beat();
            governor.tick(System.nanoTime(), readDone.size());
            startWorkers(workerGate.open());
        }
    }

    /** Nothing is under way any more. */
    private void holdWhilePaused(Governor governor) throws CancelledException {
        long start = System.nanoTime();
        share.need(0);
        pool.shrink(Machine.LEAST_FRAMES);
        pulse.holds();
        while (pulse.paused() && failure.get() == null) {
            if (pulse.cancelled()) {
                throw new CancelledException(name);
            }
            LockSupport.parkNanos(HELD_POLL_NANOS);
        }
        long now = System.nanoTime();
        governor.held(now - start, now);
        share.need(workersAsked > 0 ? workersAsked : settings.workers());
        pulse.goesOn(now - start);
        readerGate.hold(false);
    }

    /** Has as many workers as the user wants by now. */
    private void heedWorkers(Governor governor, InOrder<T, R> inOrder) throws ImagingException {
        int wanted = pulse.workers();
        if (wanted == workersAsked || wanted == 0) {
            return;
        }
        workersAsked = wanted;
        int fitting = fitting(wanted);
        int frames = settings.framesFor(fitting);
        inOrder.grow(frames);
        share.own(fitting, frames);
        pool.limit(frames);
        governor.maxWorkers(fitting);
    }

    /** Returns how many of so many workers there is memory for, with a frame each for those that are new. */
    private int fitting(int wanted) {
        int there = Math.max(workerThreads, settings.workers());
        long one = stages.workerMemory() + settings.contentSize() + settings.storedSize();
        int fitting = wanted;
        if (wanted > there && memory.available().isPresent()) {
            long left = Math.max(0, memory.available().getAsLong() - MemoryFit.RESERVED);
            fitting = (int) Math.min(wanted, there + left / one);
        }
        if (fitting < wanted) {
            notices.add("memory is short: there is none for all of " + wanted + " workers; going on with " + fitting);
        }
        return fitting;
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
