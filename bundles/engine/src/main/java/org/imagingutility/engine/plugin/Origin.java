package org.imagingutility.engine.plugin;

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

    /** Creates the origin of a plug-in that is in no container. */
    public Origin(String name, String version, String state) {
        this(name, version, state, OptionalLong.empty());
    }

    /** Returns the module that {@code plugin}'s class is in. */
    public static Origin ofModule(Object plugin) {
        Module module = plugin.getClass().getModule();
        String version = module.isNamed() ? module.getDescriptor().rawVersion().orElse("") : "";
        return new Origin(module.isNamed() ? module.getName() : "class path", version, "RESOLVED");
    }
}
