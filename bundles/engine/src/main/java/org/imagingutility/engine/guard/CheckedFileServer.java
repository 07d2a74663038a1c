package org.imagingutility.engine.guard;

import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServedImage;

/** Guards a {@link FileServer} and what it starts. */
public final class CheckedFileServer implements FileServer {
    private final GuardedPlugin plugin;
    private final FileServer server;

    /** Creates the guard. */
    public CheckedFileServer(GuardedPlugin plugin, FileServer server) {
        this.plugin = plugin;
        this.server = server;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public RunningServer start(ServeSettings settings, List<ServedImage> images, ServeEvents events) throws ImagingException {
        try {
            return new CheckedRunningServer(plugin, plugin.present("FileServer.start", server.start(settings, images, events)),
                    images.size());
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileServer.start", e);
        }
    }
}
