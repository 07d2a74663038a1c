package org.imagingutility.engine.guard;

import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeStatistics;

/** Guards a {@link RunningServer}. */
final class CheckedRunningServer implements RunningServer {
    private final GuardedPlugin plugin;
    private final RunningServer server;
    private final int served;

    CheckedRunningServer(GuardedPlugin plugin, RunningServer server, int served) {
        this.plugin = plugin;
        this.server = server;
        this.served = served;
    }

    @Override
    public List<String> addresses() {
        try {
            List<String> addresses = plugin.complete("RunningServer.addresses", server.addresses());
            if (addresses.size() != served) {
                throw plugin.violated("RunningServer.addresses", "returned " + addresses.size() + " addresses for " + served);
            }
            return addresses;
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("RunningServer.addresses", e);
        }
    }

    @Override
    public ServeStatistics statistics() {
        try {
            return plugin.present("RunningServer.statistics", server.statistics());
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("RunningServer.statistics", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            server.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("RunningServer.close", e);
        }
    }
}
