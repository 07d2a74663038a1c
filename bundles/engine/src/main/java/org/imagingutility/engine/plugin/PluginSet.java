package org.imagingutility.engine.plugin;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The plug-ins of one kind, the preferred ones first: higher ranking, then added earlier. They come and go while
 * others look.
 *
 * @param <P> the kind
 */
public final class PluginSet<P> {
    private final CopyOnWriteArrayList<PluginEntry<P>> entries = new CopyOnWriteArrayList<>();
    private final String kind;
    private final Function<P, String> nameOf;
    private final Supplier<Duration> drain;
    private final Runnable changed;

    /**
     * Creates an empty set.
     *
     * @param kind what the plug-ins are called: {@code codec}
     * @param nameOf their permanent name
     * @param drain how long is waited for those who work with one that is removed
     * @param changed called when one was added or removed
     */
    PluginSet(String kind, Function<P, String> nameOf, Supplier<Duration> drain, Runnable changed) {
        this.kind = kind;
        this.nameOf = nameOf;
        this.drain = drain;
        this.changed = changed;
    }

    /** Returns what the plug-ins of this set are called. */
    public String kind() {
        return kind;
    }

    /** Adds a plug-in; {@code origin} is asked each time it is listed, since a bundle's state changes. */
    public void add(P plugin, int ranking, Supplier<Origin> origin) {
        entries.add(new PluginEntry<>(kind, nameOf.apply(plugin), plugin, ranking, origin));
        entries.sort(Comparator.comparingInt((PluginEntry<P> entry) -> entry.ranking()).reversed());
        changed.run();
    }

    /**
     * Removes a plug-in. Nobody gets it from now on; who works with it is told and waited for, up to the bound of the
     * {@link SwapPolicy}. Called by the thread that stops the plug-in's bundle.
     */
    public void remove(P plugin) {
        Optional<PluginEntry<P>> found = entries.stream().filter(entry -> entry.plugin() == plugin).findFirst();
        if (found.isPresent()) {
            entries.remove(found.get());
            changed.run();
            found.get().leave(drain.get());
        }
    }

    /** Returns the plug-ins there are now. */
    public List<P> all() {
        return entries.stream().map(PluginEntry::plugin).toList();
    }

    /** Returns the entries there are now. */
    List<PluginEntry<P>> entries() {
        return entries;
    }
}
