package org.imagingutility.engine.plugin;

import java.lang.module.ModuleDescriptor.Version;
import java.util.OptionalLong;

/**
 * Where a plug-in comes from.
 *
 * @param name symbolic name of the bundle, or name of the module
 * @param version its version, empty if it has none
 * @param state state of the bundle, {@code RESOLVED} for a module
 * @param bundleId number of the bundle in its container, empty for a module
 */
public record Origin(String name, String version, String state, OptionalLong bundleId) {
    private static final String OWN = "org.imagingutility.";
    private static final String CLASS_PATH = "class path";

    /** Creates the origin of a plug-in that is in no container. */
    public Origin(String name, String version, String state) {
        this(name, version, state, OptionalLong.empty());
    }

    /** Returns the module that {@code plugin}'s class is in. */
    public static Origin ofModule(Object plugin) {
        return ofModule(plugin.getClass());
    }

    /** Returns the module that {@code type} is in. */
    public static Origin ofModule(Class<?> type) {
        Module module = type.getModule();
        String version = module.isNamed() ? module.getDescriptor().rawVersion().orElse("") : "";
        return new Origin(module.isNamed() ? module.getName() : CLASS_PATH, version, "RESOLVED");
    }

    /** Returns name and version, for messages. */
    String title() {
        return version.isEmpty() ? name : name + " " + version;
    }

    /** Says whether {@code plugin}, which comes from here, is one of this project; on a class path its package tells. */
    boolean isOwn(Object plugin) {
        return (name.equals(CLASS_PATH) ? plugin.getClass().getName() : name).startsWith(OWN);
    }

    /** Says whether this is a newer version of what {@code other} comes from. */
    boolean isNewerThan(Origin other) {
        if (!name.equals(other.name) || version.equals(other.version)) {
            return false;
        }
        return version.isEmpty() || other.version.isEmpty() ? other.version.isEmpty()
                : Version.parse(version).compareTo(Version.parse(other.version)) > 0;
    }
}
