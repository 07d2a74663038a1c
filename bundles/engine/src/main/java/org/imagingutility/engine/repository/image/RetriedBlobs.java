package org.imagingutility.engine.repository.image;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;

/**
 * A place each call of which is tried again where it fails with what may pass. A put that failed may have put the object, so that what is
 * tried again may find it there. Used by several threads at once.
 */
public final class RetriedBlobs implements AutoCloseable {
    private static final int TRIES = 6;
    private static final long FIRST_WAIT_MILLIS = 50;

    private final BlobStore store;
    private final Pause pause;

    /** Waits between two tries. */
    @FunctionalInterface
    public interface Pause {
        /** Waits for {@code millis} milliseconds. */
        void of(long millis) throws InterruptedException;
    }

    RetriedBlobs(BlobStore store, Pause pause) {
        this.store = store;
        this.pause = pause;
    }

    /** A call of the place. */
    private interface Call<T> {
        T run() throws ImagingException;
    }

    String reference() {
        return store.reference();
    }

    BlobTraits traits() {
        return store.traits();
    }

    Optional<BlobInfo> stat(String key) throws ImagingException {
        return retried(() -> store.stat(key));
    }

    void get(String key, ByteBuffer target) throws ImagingException {
        int begin = target.position();
        int end = target.limit();
        retried(() -> {
            store.get(key, 0, target.position(begin).limit(end));
            return target;
        });
    }

    /** Returns whether it was put; if not, there is an object of that key, which may be this one. */
    boolean putIfAbsent(String key, ByteBuffer content) throws ImagingException {
        try {
            retried(() -> {
                store.putIfAbsent(key, content);
                return content;
            });
            return true;
        } catch (BlobException e) {
            if (e.reason() == Reason.EXISTS) {
                return false;
            }
            throw e;
        }
    }

    List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
        return retried(() -> store.list(prefix, after, limit));
    }

    /** Deletes an object; one that is not there any more is fine. */
    void delete(String key) throws ImagingException {
        try {
            retried(() -> {
                store.delete(key);
                return key;
            });
        } catch (BlobException e) {
            if (e.reason() != Reason.ABSENT) {
                throw e;
            }
        }
    }

    private <T> T retried(Call<T> call) throws ImagingException {
        for (int tried = 1;; tried++) {
            try {
                return call.run();
            } catch (BlobException e) {
                if (e.reason() != Reason.TRANSIENT || tried == TRIES) {
                    throw e;
                }
                await(tried, e);
            }
        }
    }

    private void await(int tried, BlobException failure) throws CancelledException {
        try {
            pause.of(FIRST_WAIT_MILLIS << (2 * (tried - 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancelledException cancelled = new CancelledException("waiting for \"" + failure.store() + "\"");
            cancelled.addSuppressed(failure);
            throw cancelled;
        }
    }

    @Override
    public void close() throws ImagingException {
        store.close();
    }
}
