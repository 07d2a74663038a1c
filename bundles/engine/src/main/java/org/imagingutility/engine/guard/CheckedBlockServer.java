package org.imagingutility.engine.guard;

import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServedDevice;

/** Guards a {@link BlockServer} and what it starts. */
public final class CheckedBlockServer implements BlockServer {
    private final GuardedPlugin plugin;
    private final BlockServer server;

    /** Creates the guard. */
    public CheckedBlockServer(GuardedPlugin plugin, BlockServer server) {
        this.plugin = plugin;
        this.server = server;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public RunningServer start(ServeSettings settings, List<ServedDevice> devices, ServeEvents events) throws ImagingException {
        try {
            return new CheckedRunningServer(plugin, plugin.present("BlockServer.start", server.start(settings, devices, events)),
                    devices.size());
        } catch (RuntimeException | Error e) {
            throw plugin.failed("BlockServer.start", e);
        }
    }
}
