package org.imagingutility.engine.guard;

import java.time.Instant;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.snapshot.Snapshot;

/** Guards a {@link Snapshot}. */
final class CheckedSnapshot implements Snapshot {
    private final GuardedPlugin plugin;
    private final Snapshot snapshot;
    private final String id;
    private final Instant taken;
    private final List<String> warnings;

    CheckedSnapshot(GuardedPlugin plugin, Snapshot snapshot) throws PluginException {
        this.plugin = plugin;
        this.snapshot = snapshot;
        this.id = plugin.present("Snapshot.id", snapshot.id());
        this.taken = plugin.present("Snapshot.taken", snapshot.taken());
        this.warnings = plugin.complete("Snapshot.warnings", snapshot.warnings());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Instant taken() {
        return taken;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String frozen(String reference) {
        try {
            return plugin.present("Snapshot.frozen", snapshot.frozen(reference));
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("Snapshot.frozen", e);
        }
    }

    @Override
    public void release() throws ImagingException {
        try {
            snapshot.release();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Snapshot.release", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            snapshot.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("Snapshot.close", e);
        }
    }
}
