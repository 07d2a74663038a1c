package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.pipeline.Failure;

/**
 * Reads of a device, each in a thread and a buffer of its own. So one that hangs can be left behind: when it returns at
 * last, its bytes go nowhere. When {@link #MAX_ABANDONED} are left behind, no other one is started. Used by several threads at
 * once.
 */
final class AbandonableReads implements AutoCloseable {
    /** Reads that were given up and have not returned, when it is time to wait for one of them. */
    static final int MAX_ABANDONED = 16;
    private static final int PAGE_SIZE = 4096;
    private static final long POLL_MILLIS = 50;

    private final Device device;
    private final Duration timeout;
    private final Duration patience;
    private final BooleanSupplier stopped;
    private final ExecutorService threads = Executors.newCachedThreadPool(AbandonableReads::newThread);
    private final Queue<ByteBuffer> idleBuffers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * Creates reads of {@code device}, which is closed with them.
     *
     * @param timeout how long a read may take; zero for no bound
     * @param patience how long is waited for one of the reads left behind when there may be no more of them; a device that
     *        answers none in that time is given up
     * @param stopped whether the job is being stopped; then no read is waited for
     */
    AbandonableReads(Device device, Duration timeout, Duration patience, BooleanSupplier stopped) {
        this.device = device;
        this.timeout = timeout;
        this.patience = patience;
        this.stopped = stopped;
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "imaging-device-read");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Reads {@code target.remaining()} bytes, by {@link Device#readDirectly} or {@link Device#read}.
     *
     * @throws DeviceException as the device says it, or if the read takes longer than it may
     * @throws CancelledException if the job is being stopped
     */
    void read(boolean directly, long offset, ByteBuffer target) throws ImagingException {
        if (stopped.getAsBoolean()) {
            throw new CancelledException("reading");
        }
        awaitRoom(offset);
        int length = target.remaining();
        ByteBuffer buffer = buffer(length);
        FutureTask<Void> read = new FutureTask<>(() -> {
            if (directly) {
                device.readDirectly(offset, buffer);
            } else {
                device.read(offset, buffer);
            }
            return null;
        });
        Outcome outcome = new Outcome(read, buffer);
        underWay.incrementAndGet();
        try {
            threads.execute(outcome);
        } catch (OutOfMemoryError e) {
            // there is no thread for it: nothing is left behind that closing would have to wait for
            underWay.decrementAndGet();
            throw e;
        }
        await(outcome, offset);
        target.put(buffer.flip());
        idleBuffers.add(buffer);
    }

    private void await(Outcome outcome, long offset) throws ImagingException {
        long begin = System.nanoTime();
        while (true) {
            try {
                outcome.read.get(waitMillis(begin), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (stopped.getAsBoolean()) {
                    giveUp(outcome);
                    throw new CancelledException("reading");
                }
                if (!timeout.isZero() && System.nanoTime() - begin >= timeout.toNanos() && giveUp(outcome)) {
                    throw new DeviceException(device.info().reference(), offset, "did not answer within "
                            + timeout.toMillis() + " ms", null, e);
                }
            } catch (ExecutionException e) {
                idleBuffers.add(outcome.buffer);
                Failure.rethrow(e.getCause());
            } catch (InterruptedException e) {
                giveUp(outcome);
                Thread.currentThread().interrupt();
                throw new CancelledException("reading");
            }
        }
    }

    /** Leaves a read behind and has it ended, where the device can do that; false if it has just ended. */
    private boolean giveUp(Outcome outcome) {
        boolean left = outcome.abandon();
        if (left) {
            device.cancelRead(outcome.buffer);
        }
        return left;
    }

    /** Returns how long to wait now, so that neither a stop nor the timeout is overlooked. */
    private long waitMillis(long begin) {
        if (timeout.isZero()) {
            return POLL_MILLIS;
        }
        long left = timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        return Math.max(1, Math.min(POLL_MILLIS, left));
    }

    /** Waits until there may be one more read that is left behind. */
    private void awaitRoom(long offset) throws ImagingException {
        long begin = System.nanoTime();
        int before = abandoned.get();
        while (abandoned.get() >= MAX_ABANDONED) {
            if (stopped.getAsBoolean()) {
                throw new CancelledException("reading");
            }
            if (abandoned.get() < before) {
                begin = System.nanoTime();
            }
            before = abandoned.get();
            if (System.nanoTime() - begin >= patience.toNanos()) {
                throw DeviceException.deviceChanged(device.info().reference(), offset, before
                        + " reads were given up, and none of them ended within " + patience.toMillis()
                        + " ms: the device does not answer any more", "look at the system log and the cable; "
                        + "then continue with --resume", null);
            }
            CancellableSleep.sleep(POLL_MILLIS, stopped);
        }
    }

    private ByteBuffer buffer(int length) {
        ByteBuffer idle = idleBuffers.poll();
        if (idle != null && idle.capacity() >= length) {
            return idle.clear().limit(length);
        }
        // an aligned slice ends at a page border as well, so whole pages are asked for
        int pages = (length + PAGE_SIZE - 1) / PAGE_SIZE;
        return ByteBuffer.allocateDirect((pages + 1) * PAGE_SIZE).alignedSlice(PAGE_SIZE).limit(length);
    }

    /** Closes the device, or leaves that to the last of the reads that were left behind: closing may wait for them. */
    @Override
    public void close() throws ImagingException {
        threads.shutdown();
        if (underWay.get() == 0) {
            device.close();
            return;
        }
        Thread closing = newThread(() -> {
            try {
                threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                device.close();
            } catch (InterruptedException | ImagingException e) {
                System.getLogger(AbandonableReads.class.getName()).log(System.Logger.Level.DEBUG,
                        "closing a device after reads that were given up", e);
            }
        });
        closing.start();
    }

    /** A read and what becomes of it: waited for, or left behind. */
    private final class Outcome implements Runnable {
        private final FutureTask<Void> read;
        private final ByteBuffer buffer;
        private boolean ended;
        private boolean leftBehind;

        Outcome(FutureTask<Void> read, ByteBuffer buffer) {
            this.read = read;
            this.buffer = buffer;
        }

        @Override
        public void run() {
            // one that is given up before it began is not begun: there is nothing yet that the device could cancel
            if (waitedFor()) {
                read.run();
            }
            end();
        }

        private synchronized boolean waitedFor() {
            return !leftBehind;
        }

        /** Leaves the read behind; false if it has just ended. */
        synchronized boolean abandon() {
            if (ended) {
                return false;
            }
            leftBehind = true;
            abandoned.incrementAndGet();
            return true;
        }

        private synchronized void end() {
            ended = true;
            underWay.decrementAndGet();
            if (leftBehind) {
                abandoned.decrementAndGet();
                idleBuffers.add(buffer);
            }
        }
    }
}
