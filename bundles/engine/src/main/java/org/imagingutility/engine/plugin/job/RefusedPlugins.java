package org.imagingutility.engine.plugin.job;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.engine.plugin.PluginEntry;

/** The plug-ins that one job does not take, and why. Safe for use by several threads. */
final class RefusedPlugins {
    private final SwapAwareMonitor monitor;
    /** By identity, and not holding what is gone. */
    private final Map<PluginEntry<?>, String> refused = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<String, String> last = new ConcurrentHashMap<>();

    RefusedPlugins(SwapAwareMonitor monitor) {
        this.monitor = monitor;
    }

    /** Refuses a plug-in; the user is told once. */
    void add(PluginEntry<?> entry, String reason) {
        if (refused.putIfAbsent(entry, reason) == null) {
            entry.refuse(this, reason);
            last.put(entry.toString(), reason);
            monitor.noticeLater(entry + " (" + entry.origin().name() + " " + entry.origin().version() + ") is refused: "
                    + reason);
        }
    }

    /** Says whether the job may use a plug-in: it is not leaving and was not refused. */
    boolean accepts(PluginEntry<?> entry) {
        return !entry.leaving() && !refused.containsKey(entry);
    }

    /** Returns why the last plug-in of that kind and name was refused; null if none was. */
    String lastOf(String kindAndName) {
        return last.get(kindAndName);
    }

    /** Refuses nothing any more. */
    void clear() {
        synchronized (refused) {
            for (PluginEntry<?> entry : refused.keySet()) {
                entry.withdrawRefusal(this);
            }
        }
        refused.clear();
    }
}
