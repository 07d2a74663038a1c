package org.imagingutility.engine.plugin;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginGoneException;

/**
 * The wait of a job for a plug-in that is to take the place of one that left. For one thread.
 *
 * @param kind {@code codec}, {@code device provider}, ...
 * @param name its name
 * @param watch is told that the job waits, and for what
 * @param changes of the installed plug-ins
 */
record ReplacementWait(String kind, String name, JobWatch watch, Changes changes) {
    private static final long POLL_MILLIS = 100;

    /**
     * Waits until {@code there} finds something.
     *
     * @param patience how long at most; empty for as long as the settings say
     * @param refusal returns why the last one of a kind and name did not fit, or null
     * @throws PluginGoneException if that takes too long, or the engine is going
     * @throws CancelledException if the job, or what waits here, is to stop
     */
    <T> T until(Supplier<Optional<T>> there, Optional<Duration> patience, Function<String, String> refusal)
            throws ImagingException {
        Optional<T> found = there.get();
        if (found.isPresent()) {
            return found.get();
        }
        long begin = System.nanoTime();
        String reason = kind + " " + name;
        watch.waits(reason);
        try {
            while (true) {
                long seen = changes.count();
                found = there.get();
                if (found.isPresent()) {
                    return found.get();
                }
                if (changes.closed()) {
                    throw new PluginGoneException(kind, name, "the engine was stopped");
                }
                if (watch.aborted() || watch.cancelled()) {
                    throw new CancelledException("waiting for " + reason);
                }
                // asked each time: whoever changes the setting may have this very wait in mind
                Duration bound = patience.orElseGet(() -> changes.policy().patience());
                if (System.nanoTime() - begin >= bound.toNanos()) {
                    throw new PluginGoneException(kind, name, inVain(bound, refusal.apply(reason)));
                }
                changes.await(seen, POLL_MILLIS);
            }
        } finally {
            watch.waitsNoMore(reason);
        }
    }

    private static String inVain(Duration bound, String refusal) {
        return "no " + (refusal == null ? "" : "fitting ") + "replacement came within " + bound.toSeconds() + " s"
                + (refusal == null ? "" : "; the last one was refused: " + refusal);
    }
}
