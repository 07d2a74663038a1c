package org.imagingutility.engine.plugin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A plug-in that is there, with who works with it. Used by several threads at once.
 *
 * @param <P> kind of plug-in
 */
public final class PluginEntry<P> {
    private final PluginKind kind;
    private final Object key;
    private final boolean own;
    private final Admission<P> admission;
    private final int ranking;
    private final Supplier<Origin> origin;
    private final List<PluginUse<P>> uses = new ArrayList<>();
    private final Map<Object, String> refusals = new ConcurrentHashMap<>();
    private volatile boolean leaving;
    private volatile Optional<String> unused = Optional.empty();

    /**
     * Creates the entry.
     *
     * @param key what the plug-in is removed by
     * @param own whether it is one of this project
     */
    PluginEntry(PluginKind kind, Object key, boolean own, Admission<P> admission, int ranking, Supplier<Origin> origin) {
        this.kind = kind;
        this.key = key;
        this.own = own;
        this.admission = admission;
        this.ranking = ranking;
        this.origin = origin;
    }

    public String kind() {
        return kind.label();
    }

    public String name() {
        return admission.name();
    }

    /** Returns the plug-in behind its guard; null if it was refused when it came. */
    public P plugin() {
        return admission.guarded();
    }

    /** Says whether it is removed by {@code by}. */
    boolean isKnownBy(Object by) {
        return key == by || admission.guarded() == by || key.equals(by);
    }

    /** Returns whose right it is to have a name or wire id that several have: the lowest number's. */
    int claim() {
        boolean reserved = admission.wireId().isPresent() && admission.wireId().getAsInt() < Admission.FIRST_FOREIGN_ID;
        return own ? reserved ? 0 : 1 : 2;
    }

    Admission<P> admission() {
        return admission;
    }

    /** Returns why nobody uses it although it is there; empty if it is used. */
    Optional<String> unused() {
        return unused;
    }

    /** Says why nobody is to use it from now on; empty if it is to be used. */
    void unused(Optional<String> reason) {
        unused = reason;
    }

    int ranking() {
        return ranking;
    }

    public Origin origin() {
        Origin now = origin.get();
        return refusals.isEmpty() && unused.isEmpty() ? now : new Origin(now.name(), now.version(), now.state() + " refused",
                now.bundleId());
    }

    /** Says whether it is on its way out, or gone. */
    public boolean leaving() {
        return leaving;
    }

    /** Notes that {@code by} does not take it; forgotten when it goes or {@link #withdrawRefusal} is called. */
    public void refuse(Object by, String reason) {
        refusals.put(by, reason);
    }

    public void withdrawRefusal(Object by) {
        refusals.remove(by);
    }

    /** Begins to work with it; empty if it is leaving. */
    public synchronized Optional<PluginUse<P>> use(PluginUser user) {
        if (leaving) {
            return Optional.empty();
        }
        PluginUse<P> use = new PluginUse<>(this, user);
        uses.add(use);
        return Optional.of(use);
    }

    synchronized void release(PluginUse<P> use) {
        if (uses.remove(use)) {
            notifyAll();
        }
    }

    /** Returns the names of those who work with it, each once, sorted. */
    synchronized List<String> users() {
        return uses.stream().map(use -> use.user().name()).distinct().sorted().toList();
    }

    /**
     * Lets nobody begin to work with it, tells those who do, and waits until they have let go; for {@code drain} at most. Who
     * works with it in the calling thread is told, but not waited for: it continues only when this returns.
     */
    void leave(Duration drain) {
        List<PluginUse<P>> told;
        synchronized (this) {
            leaving = true;
            told = List.copyOf(uses);
        }
        // outside the lock: who is told may let go at once
        told.forEach(use -> use.user().leaving(this));
        overdue(drain).forEach(use -> use.user().overdue(this));
    }

    private synchronized List<PluginUse<P>> overdue(Duration drain) {
        long end = System.nanoTime() + drain.toNanos();
        boolean interrupted = false;
        while (uses.stream().anyMatch(PluginEntry::mayLetGo)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
            } catch (InterruptedException e) {
                // a framework that stops a bundle is not to be held up by who lost patience with it
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(uses);
    }

    private static boolean mayLetGo(PluginUse<?> use) {
        return use.owner() != Thread.currentThread() && use.owner().isAlive();
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
