package org.imagingutility.engine.plugin;

/**
 * Where a plug-in comes from.
 *
 * @param name symbolic name of the bundle, or name of the module
 * @param version its version, empty if it has none
 * @param state state of the bundle, {@code RESOLVED} for a module
 */
public record Origin(String name, String version, String state) {

    /** Returns the module that {@code plugin}'s class is in. */
    public static Origin ofModule(Object plugin) {
        Module module = plugin.getClass().getModule();
        String version = module.isNamed() ? module.getDescriptor().rawVersion().orElse("") : "";
        return new Origin(module.isNamed() ? module.getName() : "class path", version, "RESOLVED");
    }
}
