package org.imagingutility.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.imagingutility.api.error.ImagingException;

/** The threads of a pipeline. Used by the thread that runs it. */
final class StageThreads {
    private final String name;
    private final Consumer<Throwable> failed;
    private final List<Thread> threads = new ArrayList<>();

    /** What a thread does until there is nothing left to do. */
    interface Loop {
        void run() throws ImagingException;
    }

    /** Creates no thread yet; {@code failed} takes what a loop throws, in the loop's thread. */
    StageThreads(String name, Consumer<Throwable> failed) {
        this.name = name;
        this.failed = failed;
    }

    /**
     * Starts a thread.
     *
     * @param stage part of its name
     * @param number number of it in its stage
     * @param left how many threads of the stage have not ended; when it comes to 0, {@code output} is closed
     * @throws OutOfMemoryError if there is no memory for a thread, or the system gives no more
     */
    void start(String stage, int number, Loop loop, AtomicInteger left, Handoff<?> output) {
        Thread thread = new Thread(() -> guarded(loop, left, output), name + "-" + stage + "-" + number);
        thread.setDaemon(true);
        // before it runs: one that is not in the list would not be waited for. One that did not start has ended for join()
        threads.add(thread);
        thread.start();
    }

    private void guarded(Loop loop, AtomicInteger left, Handoff<?> output) {
        try {
            loop.run();
        } catch (ImagingException | RuntimeException | Error e) {
            failed.accept(e);
        } finally {
            if (left.decrementAndGet() == 0) {
                output.close();
            }
        }
    }

    /** Waits until all have ended. */
    void join() {
        threads.forEach(StageThreads::join);
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
