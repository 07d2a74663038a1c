package org.imagingutility.engine.guard;

import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;

/** Guards an {@link ImageStore} and its files. */
public final class CheckedImageStore implements ImageStore {
    private final GuardedPlugin plugin;
    private final ImageStore store;
    private final boolean acceptsAny;

    /** Creates the guard; {@code acceptsAny} is what the plug-in says. */
    public CheckedImageStore(GuardedPlugin plugin, ImageStore store, boolean acceptsAny) {
        this.plugin = plugin;
        this.store = store;
        this.acceptsAny = acceptsAny;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public boolean accepts(String reference) {
        try {
            return store.accepts(reference);
        } catch (RuntimeException | Error e) {
            throw plugin.carried("ImageStore.accepts", e);
        }
    }

    @Override
    public boolean acceptsAny() {
        return acceptsAny;
    }

    @Override
    public ImageFile create(String reference, CreateOptions options) throws ImagingException {
        try {
            return new CheckedImageFile(plugin, plugin.present("ImageStore.create", store.create(reference, options)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageStore.create", e);
        }
    }

    @Override
    public Optional<ImageFile> reopen(String reference, CreateOptions options) throws ImagingException {
        try {
            Optional<ImageFile> file = plugin.present("ImageStore.reopen", store.reopen(reference, options));
            return file.isEmpty() ? file : Optional.of(new CheckedImageFile(plugin, file.get()));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageStore.reopen", e);
        }
    }

    @Override
    public ImageFile open(String reference) throws ImagingException {
        try {
            return new CheckedImageFile(plugin, plugin.present("ImageStore.open", store.open(reference)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageStore.open", e);
        }
    }

    @Override
    public ImageFile openWithin(String folder, String reference, boolean locked) throws ImagingException {
        try {
            return new CheckedImageFile(plugin, plugin.present("ImageStore.openWithin", store.openWithin(folder, reference, locked)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageStore.openWithin", e);
        }
    }

    @Override
    public ImageFile openInPlace(String reference) throws ImagingException {
        try {
            return new CheckedImageFile(plugin, plugin.present("ImageStore.openInPlace", store.openInPlace(reference)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ImageStore.openInPlace", e);
        }
    }
}
