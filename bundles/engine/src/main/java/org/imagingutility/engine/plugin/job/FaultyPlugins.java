package org.imagingutility.engine.plugin.job;

import java.util.HashSet;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.engine.guard.CarriedException;
import org.imagingutility.engine.plugin.PluginEntry;

/** The plug-ins that broke their contract when a job asked them something, so that the next one was asked. For one thread. */
final class FaultyPlugins {
    private final SwapAwareMonitor monitor;
    private final Set<PluginEntry<?>> told = new HashSet<>();

    FaultyPlugins(SwapAwareMonitor monitor) {
        this.monitor = monitor;
    }

    /**
     * Passes over a plug-in; the user is told once.
     *
     * @param thrown what the question ended with
     * @return the plug-in's fault
     * @throws ImagingException {@code thrown}, if that is another plug-in's, whose help the answer would have needed
     */
    PluginException add(PluginEntry<?> entry, Exception thrown) throws ImagingException {
        ImagingException reason = thrown instanceof CarriedException carrier ? carrier.reason() : (ImagingException) thrown;
        if (!(reason instanceof PluginException fault) || !fault.kind().equals(entry.kind()) || !fault.name().equals(entry.name())) {
            throw reason;
        }
        if (told.add(entry)) {
            monitor.notice(fault.getMessage() + "; it is passed over");
        }
        return fault;
    }

    void clear() {
        told.clear();
    }
}
