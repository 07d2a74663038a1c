package org.imagingutility.engine.guard.blobs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a {@link BlobStore}: lists in order and below their prefix, whole reads, puts that leave their buffer alone. */
final class CheckedBlobStore implements BlobStore {
    private final GuardedPlugin plugin;
    private final BlobStore store;
    private final String reference;
    private final BlobTraits traits;

    /** Creates the guard; what does not change is asked once. */
    CheckedBlobStore(GuardedPlugin plugin, BlobStore store) throws PluginException {
        this.plugin = plugin;
        this.store = store;
        this.reference = plugin.present("BlobStore.reference", store.reference());
        this.traits = plugin.present("BlobStore.traits", store.traits());
    }

    @Override
    public String reference() {
        return reference;
    }

    @Override
    public BlobTraits traits() {
        return traits;
    }

    @Override
    public Optional<BlobInfo> stat(String key) throws ImagingException {
        try {
            Optional<BlobInfo> found = plugin.present("BlobStore.stat", store.stat(key));
            if (found.isPresent() && !found.get().key().equals(key)) {
                throw plugin.violated("BlobStore.stat", "of \"" + key + "\" returned \"" + found.get().key() + "\"");
            }
            return found;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("BlobStore.stat", e);
        }
    }

    @Override
    public void get(String key, long offset, ByteBuffer target) throws ImagingException {
        int end = target.limit();
        try {
            store.get(key, offset, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("BlobStore.get", e);
        }
        if (target.position() != end || target.limit() != end) {
            throw plugin.violated("BlobStore.get", "of \"" + key + "\" left the buffer at position " + target.position() + " of "
                    + target.limit() + ", expected " + end);
        }
    }

    @Override
    public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
        int begin = content.position();
        int end = content.limit();
        try {
            store.putIfAbsent(key, content);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("BlobStore.putIfAbsent", e);
        }
        if (content.position() != begin || content.limit() != end) {
            throw plugin.violated("BlobStore.putIfAbsent", "of \"" + key + "\" moved the buffer to position " + content.position() + " of "
                    + content.limit() + ", expected " + begin + " of " + end);
        }
    }

    @Override
    public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
        List<BlobInfo> page;
        try {
            page = plugin.complete("BlobStore.list", store.list(prefix, after, limit));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("BlobStore.list", e);
        }
        String last = after;
        for (BlobInfo one : page) {
            // a page that goes back would be asked for for ever
            if (one.key().compareTo(last) <= 0 || !one.key().startsWith(prefix)) {
                throw plugin.violated("BlobStore.list", "of \"" + prefix + "\" returned \"" + one.key() + "\" behind \"" + last + "\"");
            }
            last = one.key();
        }
        plugin.inRange("BlobStore.list", page.size(), 0, limit);
        return page;
    }

    @Override
    public void delete(String key) throws ImagingException {
        try {
            store.delete(key);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("BlobStore.delete", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            store.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("BlobStore.close", e);
        }
    }
}
