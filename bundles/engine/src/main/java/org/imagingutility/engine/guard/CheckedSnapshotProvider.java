package org.imagingutility.engine.guard;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;

/** Guards a {@link SnapshotProvider} and its snapshots. */
public final class CheckedSnapshotProvider implements SnapshotProvider {
    private final GuardedPlugin plugin;
    private final SnapshotProvider provider;
    private final boolean acceptsAny;

    /** Creates the guard; {@code acceptsAny} is what the plug-in says. */
    public CheckedSnapshotProvider(GuardedPlugin plugin, SnapshotProvider provider, boolean acceptsAny) {
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
            throw plugin.carried("SnapshotProvider.accepts", e);
        }
    }

    @Override
    public boolean acceptsAny() {
        return acceptsAny;
    }

    @Override
    public Optional<String> refusal(String reference) throws ImagingException {
        try {
            return plugin.present("SnapshotProvider.refusal", provider.refusal(reference));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SnapshotProvider.refusal", e);
        }
    }

    @Override
    public Snapshot freeze(List<String> references) throws ImagingException {
        try {
            return new CheckedSnapshot(plugin, plugin.present("SnapshotProvider.freeze", provider.freeze(references)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SnapshotProvider.freeze", e);
        }
    }

    @Override
    public Snapshot freeze(List<String> references, BooleanSupplier cancelled) throws ImagingException {
        try {
            return new CheckedSnapshot(plugin, plugin.present("SnapshotProvider.freeze", provider.freeze(references, cancelled)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SnapshotProvider.freeze", e);
        }
    }

    @Override
    public Snapshot reopen(String id) throws ImagingException {
        try {
            return new CheckedSnapshot(plugin, plugin.present("SnapshotProvider.reopen", provider.reopen(id)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SnapshotProvider.reopen", e);
        }
    }
}
