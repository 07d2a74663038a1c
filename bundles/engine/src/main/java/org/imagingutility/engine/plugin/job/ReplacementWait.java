package org.imagingutility.engine.plugin.job;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.engine.plugin.Changes;

/**
 * Waits for plug-ins that are to take the place of ones that left. Used by several threads at once.
 *
 * @param monitor is told that the job waits, and for what
 * @param changes of the installed plug-ins
 * @param patience how long at most; empty for as long as the settings say
 * @param refusals say why the last one did not fit
 */
record ReplacementWait(SwapAwareMonitor monitor, Changes changes, Optional<Duration> patience, RefusedPlugins refusals) {
    private static final long POLL_MILLIS = 100;

    /**
     * Waits until {@code candidate} finds something.
     *
     * @param kind {@code codec}, {@code device provider}, ...
     * @param name the plug-in's name
     * @throws PluginGoneException if that takes too long, or the engine is stopped
     * @throws CancelledException if the job, or the activity that waits here, is to stop
     */
    <T> T await(String kind, String name, Supplier<Optional<T>> candidate) throws ImagingException {
        Optional<T> found = candidate.get();
        if (found.isPresent()) {
            return found.get();
        }
        long begin = System.nanoTime();
        String reason = kind + " " + name;
        monitor.beginWait(reason);
        try {
            while (true) {
                long seen = changes.count();
                found = candidate.get();
                if (found.isPresent()) {
                    return found.get();
                }
                if (changes.closed()) {
                    throw new PluginGoneException(kind, name, "the engine was stopped");
                }
                if (monitor.waitsAborted() || monitor.cancelled()) {
                    throw new CancelledException("waiting for " + reason);
                }
                // asked each time: whoever changes the setting may have this very wait in mind
                Duration bound = patience.orElseGet(() -> changes.policy().patience());
                if (System.nanoTime() - begin >= bound.toNanos()) {
                    throw new PluginGoneException(kind, name, timeout(bound, refusals.lastOf(reason)));
                }
                changes.await(seen, POLL_MILLIS);
            }
        } finally {
            monitor.endWait(reason);
        }
    }

    private static String timeout(Duration bound, String refusal) {
        return "no " + (refusal == null ? "" : "fitting ") + "replacement came within " + bound.toSeconds() + " s"
                + (refusal == null ? "" : "; the last one was refused: " + refusal);
    }
}
