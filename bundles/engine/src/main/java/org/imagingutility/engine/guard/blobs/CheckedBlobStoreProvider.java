package org.imagingutility.engine.guard.blobs;

import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a {@link BlobStoreProvider} and its places. */
public final class CheckedBlobStoreProvider implements BlobStoreProvider {
    private final GuardedPlugin plugin;
    private final BlobStoreProvider provider;
    private final boolean acceptsAny;

    /** Creates the guard; {@code acceptsAny} is what the plug-in says. */
    public CheckedBlobStoreProvider(GuardedPlugin plugin, BlobStoreProvider provider, boolean acceptsAny) {
        this.plugin = plugin;
        this.provider = provider;
        this.acceptsAny = acceptsAny;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public boolean accepts(String reference) {
        try {
            return provider.accepts(reference);
        } catch (RuntimeException | Error e) {
            throw plugin.carried("BlobStoreProvider.accepts", e);
        }
    }

    @Override
    public boolean acceptsAny() {
        return acceptsAny;
    }

    @Override
    public BlobStore open(String reference) throws ImagingException {
        try {
            return new CheckedBlobStore(plugin, plugin.present("BlobStoreProvider.open", provider.open(reference)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("BlobStoreProvider.open", e);
        }
    }
}
