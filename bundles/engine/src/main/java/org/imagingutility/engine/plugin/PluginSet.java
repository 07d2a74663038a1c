package org.imagingutility.engine.plugin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The plug-ins of one kind, the preferred ones first: higher ranking, then added earlier. They come and go while
 * others look.
 *
 * @param <P> the kind
 */
public final class PluginSet<P> {
    private final CopyOnWriteArrayList<PluginEntry<P>> entries = new CopyOnWriteArrayList<>();
    private final PluginKind kind;
    private final Changes changes;

    /** Creates an empty set; {@code changes} is told when a plug-in was added or removed. */
    PluginSet(PluginKind kind, Changes changes) {
        this.kind = kind;
        this.changes = changes;
    }

    /** Returns what the plug-ins of this set are called. */
    public String kind() {
        return kind.label();
    }

    /** Adds a plug-in; {@code origin} is asked each time it is listed, since a bundle's state changes. */
    public void add(P plugin, int ranking, Supplier<Origin> origin) {
        entries.add(new PluginEntry<>(kind.label(), kind.nameOf(plugin), plugin, ranking, origin));
        entries.sort(PluginSet::byRanking);
        changes.tell();
    }

    private static int byRanking(PluginEntry<?> one, PluginEntry<?> other) {
        return Integer.compare(other.ranking(), one.ranking());
    }

    /**
     * Removes a plug-in. Nobody gets it from now on; who works with it is told and waited for, up to the bound of the
     * {@link SwapPolicy}. Called by the thread that stops the plug-in's bundle.
     */
    public void remove(P plugin) {
        Optional<PluginEntry<P>> found = entries.stream().filter(entry -> entry.plugin() == plugin).findFirst();
        if (found.isPresent()) {
            entries.remove(found.get());
            changes.tell();
            found.get().leave(changes.policy().drain());
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
