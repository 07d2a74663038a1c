package org.imagingutility.engine.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plug-ins of one kind, the preferred ones first: higher ranking, then those that take references of a form of their own,
 * then added earlier. They come and go while others look.
 *
 * <p>Each is kept behind its guard. Not all that are there are used: not one that misbehaved when it came, not an older
 * version of one that is there twice, and not a codec whose name or wire id is another codec's.
 *
 * @param <P> the kind
 */
public final class PluginSet<P> {
    private final PluginKind kind;
    private final Changes changes;
    private final List<PluginEntry<P>> present = new ArrayList<>();
    private volatile List<PluginEntry<P>> listed = List.of();
    private volatile List<PluginEntry<P>> sound = List.of();
    private volatile List<PluginEntry<P>> used = List.of();

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
        add(plugin, plugin, ranking, origin);
    }

    /** Adds a plug-in like {@link #add(Object, int, Supplier)}; it is removed by {@code key}. */
    public void add(Object key, P plugin, int ranking, Supplier<Origin> origin) {
        Origin now = origin.get();
        boolean own = now.isOwn(plugin);
        add(new PluginEntry<>(kind, key, own, Admission.of(kind, plugin, now, own, own || changes.trusting()), ranking, origin));
    }

    /** Adds a plug-in that could not be made, because of {@code reason}; it is removed by {@code key}. */
    public void addBroken(Object key, Supplier<Origin> origin, String reason) {
        add(new PluginEntry<>(kind, key, false, Admission.refused(reason), 0, origin));
    }

    private void add(PluginEntry<P> entry) {
        synchronized (present) {
            present.add(entry);
            arrange();
        }
        changes.signalChange();
        entry.unused().ifPresent(reason -> changes.signalChange(entry + " (" + entry.origin().title() + ") is not used: " + reason));
    }

    /**
     * Removes a plug-in. Nobody gets it from now on; who works with it is told and waited for, up to the bound of the
     * {@link SwapPolicy}. Called by the thread that stops the plug-in's bundle.
     *
     * @param key what it was added by, or the plug-in itself
     */
    public void remove(Object key) {
        Optional<PluginEntry<P>> found = listed.stream().filter(entry -> entry.isKnownBy(key)).findFirst();
        if (found.isPresent()) {
            synchronized (present) {
                present.remove(found.get());
                arrange();
            }
            changes.signalChange();
            found.get().leave(changes.policy().drain());
        }
    }

    /** Decides anew which ones are used. */
    private void arrange() {
        List<PluginEntry<P>> chosen = new ArrayList<>();
        // whoever would take the place of a plug-in of this project does not, however early it came
        List<PluginEntry<P>> byRight = new ArrayList<>(present);
        byRight.sort(PluginSet::byClaim);
        for (PluginEntry<P> entry : byRight) {
            Optional<String> obstacle = obstacle(entry, chosen);
            entry.unused(obstacle);
            if (obstacle.isEmpty()) {
                chosen.add(entry);
            }
        }
        List<PluginEntry<P>> sorted = new ArrayList<>(present);
        sorted.sort(PluginSet::byPreference);
        listed = List.copyOf(sorted);
        sorted.removeIf(entry -> entry.plugin() == null);
        sound = List.copyOf(sorted);
        sorted.retainAll(chosen);
        used = List.copyOf(sorted);
    }

    private Optional<String> obstacle(PluginEntry<P> entry, List<PluginEntry<P>> chosen) {
        if (entry.admission().refusal().isPresent()) {
            return entry.admission().refusal();
        }
        for (PluginEntry<P> other : present) {
            if (other.name().equals(entry.name()) && other.admission().refusal().isEmpty()
                    && other.origin().isNewerThan(entry.origin())) {
                return Optional.of("version " + other.origin().version() + " of it is used");
            }
        }
        for (PluginEntry<P> other : kind == PluginKind.CODEC ? chosen : List.<PluginEntry<P>>of()) {
            boolean sameName = other.name().equals(entry.name());
            boolean sameId = other.admission().wireId().equals(entry.admission().wireId());
            if (sameName != sameId) {
                return Optional.of("its " + (sameName ? "name" : "wire id") + " is that of codec " + other.name() + " (wire id "
                        + other.admission().wireId().getAsInt() + ") of " + other.origin().title() + "; only images that name it"
                        + " are read with it");
            }
        }
        return Optional.empty();
    }

    private static int byClaim(PluginEntry<?> one, PluginEntry<?> other) {
        return Integer.compare(one.claim(), other.claim());
    }

    private static int byPreference(PluginEntry<?> one, PluginEntry<?> other) {
        int ranking = Integer.compare(other.ranking(), one.ranking());
        return ranking != 0 ? ranking : Boolean.compare(one.admission().takesAny(), other.admission().takesAny());
    }

    /** Returns the plug-ins that can be used now. */
    public List<P> all() {
        return used.stream().map(PluginEntry::plugin).toList();
    }

    /** Returns the entries of the plug-ins that can be used now. */
    public List<PluginEntry<P>> entries() {
        return used;
    }

    /**
     * Returns the entries of the plug-ins that may be used by those who know exactly which one they need: a codec that shares
     * its name or wire id with another one is still the one that wrote the images which name both.
     */
    public List<PluginEntry<P>> sound() {
        return sound;
    }

    /** Returns the entries of all plug-ins, those that are not used included. */
    List<PluginEntry<P>> listed() {
        return listed;
    }
}
