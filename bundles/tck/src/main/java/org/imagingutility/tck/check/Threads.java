package org.imagingutility.tck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the same thing in several threads at once. */
public final class Threads {
    /** How many threads. */
    public static final int COUNT = 4;
    private static final int TIMEOUT_SECONDS = 60;

    private Threads() {
    }

    /** An action that knows the number of its thread. */
    public interface Numbered {
        /** Does it in the thread of that number, from 0 on. */
        void run(int thread) throws Exception;
    }

    /** Runs {@code action} in {@link #COUNT} threads, started together; fails if one of them fails or hangs. */
    public static void together(Numbered action) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(COUNT);
        try {
            CountDownLatch start = new CountDownLatch(COUNT);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                int thread = i;
                running.add(executor.submit(() -> {
                    start.countDown();
                    start.await();
                    action.run(thread);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("one of " + COUNT + " threads failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(COUNT + " threads did not end within " + TIMEOUT_SECONDS + " s", e);
        } finally {
            executor.shutdownNow();
        }
    }
}
