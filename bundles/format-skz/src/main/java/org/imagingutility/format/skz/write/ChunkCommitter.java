package org.imagingutility.format.skz.write;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/**
 * Commits chunks in the background: forces the file, then fills the index slot, so that a slot never tells of a chunk
 * that is not on stable storage. One commit at most is under way; its error comes out at the next call. For one thread.
 */
final class ChunkCommitter implements AutoCloseable {
    private final ImageFile file;
    private final ExecutorService thread;
    private Future<?> underWay;

    ChunkCommitter(ImageFile file) {
        this.file = file;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(task, "skz commit of " + file.reference());
            worker.setDaemon(true);
            return worker;
        });
    }

    /** Begins the commit of what was written so far, when the last one is done; {@code slot} belongs to the commit. */
    void commit(long slotOffset, ByteBuffer slot) throws ImagingException {
        await();
        underWay = thread.submit(() -> {
            file.force();
            file.write(slotOffset, slot);
            return null;
        });
    }

    /** Returns when no commit is under way. */
    void await() throws ImagingException {
        if (underWay == null) {
            return;
        }
        try {
            underWay.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("writing image \"" + file.reference() + "\"");
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    /** Throws what the last commit threw, if it is done; waits for nothing. */
    void check() throws ImagingException {
        if (underWay != null && underWay.isDone()) {
            await();
        }
    }

    private static ImagingException rethrown(Throwable cause) {
        if (cause instanceof ImagingException known) {
            return known;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("committing a chunk failed", cause);
    }

    /** Waits, even when interrupted, until the background thread has left the file alone for good. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                thread.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
