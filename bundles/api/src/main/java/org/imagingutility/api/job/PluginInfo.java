package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An installed plug-in.
 *
 * @param kind {@code device provider}, {@code allocator}, {@code codec}, {@code container format}, {@code image store},
 *        {@code partition table} or {@code virtual disk}
 * @param name its permanent name
 * @param wireId its number in images, where its kind has one
 * @param bundle the bundle or module it comes from
 * @param version version of that bundle or module, empty if it has none
 * @param state state of the bundle: {@code ACTIVE}, ...; {@code RESOLVED} outside a container
 * @param users the jobs that use it now: {@code job 3}
 * @param bundleId the number by which the container's commands (stop, update, ...) name the bundle; empty outside a
 *        container
 * @param unused why it is not used although it is installed: it misbehaved when it came, another plug-in has its name or wire
 *        id, a newer version of its bundle is there; empty if it is used
 */
public record PluginInfo(String kind, String name, OptionalInt wireId, String bundle, String version, String state,
        List<String> users, OptionalLong bundleId, Optional<String> unused) {

    /** Checks that nothing is null. */
    public PluginInfo {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(wireId, "wireId");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(bundleId, "bundleId");
        Objects.requireNonNull(unused, "unused");
        users = List.copyOf(users);
    }

    /** Creates the description of a plug-in that is used. */
    public PluginInfo(String kind, String name, OptionalInt wireId, String bundle, String version, String state,
            List<String> users, OptionalLong bundleId) {
        this(kind, name, wireId, bundle, version, state, users, bundleId, Optional.empty());
    }
}
