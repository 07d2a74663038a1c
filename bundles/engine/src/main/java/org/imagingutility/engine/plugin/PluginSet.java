package org.imagingutility.engine.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The plug-ins of one kind, the preferred ones first: higher ranking, then added earlier. They come and go while
 * others look.
 *
 * @param <P> the kind
 */
public final class PluginSet<P> {
    private final CopyOnWriteArrayList<Entry<P>> entries = new CopyOnWriteArrayList<>();

    private record Entry<P>(P plugin, int ranking, Supplier<Origin> origin) {
    }

    /** Creates an empty set. */
    PluginSet() {
    }

    /** Adds a plug-in; {@code origin} is asked each time it is listed, since a bundle's state changes. */
    public void add(P plugin, int ranking, Supplier<Origin> origin) {
        entries.add(new Entry<>(plugin, ranking, origin));
        entries.sort(Comparator.comparingInt((Entry<P> entry) -> entry.ranking).reversed());
    }

    /** Removes a plug-in. */
    public void remove(P plugin) {
        entries.removeIf(entry -> entry.plugin == plugin);
    }

    /** Returns the plug-ins there are now. */
    public List<P> all() {
        return entries.stream().map(Entry::plugin).toList();
    }

    /** Visits each plug-in with its origin. */
    public void each(BiConsumer<P, Origin> visitor) {
        entries.forEach(entry -> visitor.accept(entry.plugin, entry.origin.get()));
    }
}
