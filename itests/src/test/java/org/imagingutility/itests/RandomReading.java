package org.imagingutility.itests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a served device at random, in a thread of its own, and compares each byte; connects again where a connection ends. */
final class RandomReading implements AutoCloseable {
    private static final long SECONDS = 60;
    private static final int LONGEST = 200_000;
    private final Path socket;
    private final byte[] content;
    private final Random random;
    private final Thread thread = new Thread(this::run, "reading");
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean done;
    private volatile Throwable failure;

    RandomReading(Path socket, byte[] content, long seed) {
        this.socket = socket;
        this.content = content;
        this.random = new Random(seed);
    }

    /** Begins. */
    RandomReading start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!done) {
                try (NbdReader reader = NbdReader.connect(socket)) {
                    connections.incrementAndGet();
                    read(reader);
                } catch (IOException e) {
                    // the server is being replaced; there may be no socket for a moment
                    Thread.sleep(1);
                }
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private void read(NbdReader reader) throws IOException {
        while (!done) {
            int offset = random.nextInt(content.length);
            int length = 1 + random.nextInt(Math.min(LONGEST, content.length - offset));
            byte[] found = reader.read(offset, length);
            int wrong = Arrays.mismatch(found, 0, length, content, offset, offset + length);
            if (wrong >= 0) {
                throw new AssertionError("byte " + (offset + wrong) + " of a read of " + length + " bytes from " + offset + " is wrong");
            }
            reads.incrementAndGet();
        }
    }

    /** Returns how often it connected. */
    int connections() {
        return connections.get();
    }

    /** Waits until so much more was read. */
    void awaitMore(int count) throws InterruptedException {
        int from = reads.get();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); reads.get() < from + count; Thread.sleep(2)) {
            check();
            if (System.nanoTime() >= end) {
                throw new AssertionError("nothing is read any more: " + (reads.get() - from) + " reads");
            }
        }
    }

    private void check() {
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        done = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }
}
