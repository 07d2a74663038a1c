package org.imagingutility.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;

/**
 * The plug-ins that {@link ServiceLoader} finds. Its order is that of folders and jars, which is nobody's intention: of equal
 * ranking they come in the order of the names of module and class.
 */
final class StandalonePlugins {
    /** More faulty entries than that are not told of one by one. */
    private static final int MOST_FAULTS = 100;

    private StandalonePlugins() {
    }

    /** Adds all of a kind to {@code set}; one that cannot be made is listed there with the reason. */
    static <P> void add(PluginSet<P> set, ServiceLoader<P> loader) {
        List<Provider<P>> providers = new ArrayList<>();
        Iterator<Provider<P>> found = loader.stream().iterator();
        for (int faults = 0; faults < MOST_FAULTS;) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                providers.add(found.next());
            } catch (ServiceConfigurationError e) {
                faults++;
                set.addBroken(e, () -> new Origin("?", "", "INSTALLED"), e.getMessage());
            }
        }
        providers.sort(Comparator.comparing(StandalonePlugins::place));
        for (Provider<P> provider : providers) {
            add(set, provider);
        }
    }

    private static <P> void add(PluginSet<P> set, Provider<P> provider) {
        try {
            P plugin = provider.get();
            set.add(plugin, ComponentRanking.of(provider.type()), () -> Origin.ofModule(plugin));
        } catch (ServiceConfigurationError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            set.addBroken(provider, () -> Origin.ofModule(provider.type()), "its object cannot be made: " + cause);
        }
    }

    private static String place(Provider<?> provider) {
        Module module = provider.type().getModule();
        return (module.isNamed() ? module.getName() : "") + " " + provider.type().getName();
    }
}
