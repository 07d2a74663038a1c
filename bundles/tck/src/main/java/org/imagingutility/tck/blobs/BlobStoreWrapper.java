package org.imagingutility.tck.blobs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.ImagingException;

/** A place that does what another one does; to be overridden in what goes wrong. */
public class BlobStoreWrapper implements BlobStore {
    private final BlobStore store;

    /** Wraps {@code store}. */
    public BlobStoreWrapper(BlobStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    @Override
    public String reference() {
        return store.reference();
    }

    @Override
    public BlobTraits traits() {
        return store.traits();
    }

    @Override
    public Optional<BlobInfo> stat(String key) throws ImagingException {
        return store.stat(key);
    }

    @Override
    public void get(String key, long offset, ByteBuffer target) throws ImagingException {
        store.get(key, offset, target);
    }

    @Override
    public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
        store.putIfAbsent(key, content);
    }

    @Override
    public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
        return store.list(prefix, after, limit);
    }

    @Override
    public void delete(String key) throws ImagingException {
        store.delete(key);
    }

    @Override
    public void close() throws ImagingException {
        store.close();
    }
}
