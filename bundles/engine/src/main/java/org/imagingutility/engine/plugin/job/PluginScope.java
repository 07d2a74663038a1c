package org.imagingutility.engine.plugin.job;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.imagingutility.engine.plugin.PluginEntry;
import org.imagingutility.engine.plugin.PluginSet;
import org.imagingutility.engine.plugin.PluginUse;
import org.imagingutility.engine.plugin.PluginUser;

/**
 * The plug-ins that a part of a job works with. Filled and closed by the thread that runs the job; others may look and
 * tell.
 */
final class PluginScope implements PluginUser, AutoCloseable {
    private final SwapAwareMonitor monitor;
    private final List<PluginUse<?>> uses = new CopyOnWriteArrayList<>();
    private final Set<Need> needs = new LinkedHashSet<>();
    private volatile Cause lacking;

    /**
     * A plug-in that must be there for the part to be done again.
     *
     * @param set plug-ins of its kind
     * @param name its name
     */
    record Need(PluginSet<?> set, String name) {
        Cause cause() {
            return new Cause(set.kind(), name);
        }

        /** By hand, as is {@link #hashCode}: what a record has of itself is linked when it is first called, which every job would wait for. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Need need && set.equals(need.set) && name.equals(need.name);
        }

        @Override
        public int hashCode() {
            return 31 * set.hashCode() + name.hashCode();
        }
    }

    /**
     * The plug-in by which a part is interrupted.
     *
     * @param kind {@code codec}, {@code device provider}, ...
     * @param name its name
     */
    record Cause(String kind, String name) {
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    PluginScope(SwapAwareMonitor monitor) {
        this.monitor = monitor;
    }

    /** Begins to work with a plug-in; empty if it is leaving. It is worked with until it is dropped or the part ends. */
    <P> Optional<PluginUse<P>> begin(PluginEntry<P> entry) {
        Optional<PluginUse<P>> use = entry.use(this);
        if (use.isPresent()) {
            uses.add(use.get());
        }
        return use;
    }

    /** Ends a use before the part ends. */
    void drop(PluginUse<?> use) {
        uses.remove(use);
        use.close();
    }

    void need(PluginSet<?> set, String name) {
        needs.add(new Need(set, name));
    }

    Set<Need> needs() {
        return needs;
    }

    /** Says whether a plug-in it works with is leaving, or one it needs was not there or was refused. */
    boolean interrupted() {
        return cause().isPresent();
    }

    /** Returns the plug-in that it works with and that is leaving, or that it needs and was not there or was refused. */
    Optional<Cause> cause() {
        if (lacking != null) {
            return Optional.of(lacking);
        }
        for (PluginUse<?> use : uses) {
            if (use.entry().leaving()) {
                return Optional.of(new Cause(use.entry().kind(), use.entry().name()));
            }
        }
        return Optional.empty();
    }

    /** Says that a plug-in it needs is not there, or does not fit; it may be there again before the part has ended. */
    void missing(Cause cause) {
        lacking = cause;
    }

    @Override
    public String name() {
        return monitor.jobName();
    }

    @Override
    public void leaving(PluginEntry<?> entry) {
        // found out at the next frame border, by interrupted()
    }

    @Override
    public void overdue(PluginEntry<?> entry) {
        monitor.noticeLater(entry + " was stopped although this job still works with it: what fails now is tried again");
    }

    @Override
    public void close() {
        for (PluginUse<?> use : uses) {
            use.close();
        }
        uses.clear();
    }
}
