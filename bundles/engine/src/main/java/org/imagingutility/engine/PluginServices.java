package org.imagingutility.engine;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The services that are plug-ins. They are got here and not by Declarative Services, which would keep quiet about one whose
 * object cannot be made; it is listed instead.
 */
final class PluginServices {
    /** Published by the launcher where it starts no bundle but those signed by a trusted certificate. */
    private static final String TRUST = "(imaging.refused=true)";
    private final BundleContext context = FrameworkUtil.getBundle(PluginServices.class).getBundleContext();

    /** Says whether the launcher starts only bundles that are signed by a trusted certificate. */
    boolean onlyTrustedBundles() {
        try {
            return !context.getServiceReferences(Supplier.class, TRUST).isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    <P> void add(PluginSet<P> set, ServiceReference<P> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle == null) {
            // the service was taken back before it was looked at
            return;
        }
        int ranking = reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer value ? value : 0;
        P plugin = context.getService(reference);
        if (plugin == null) {
            set.addBroken(reference, originOf(bundle), "its object cannot be made: the log says why");
        } else {
            set.add(reference, plugin, ranking, originOf(bundle));
        }
    }

    <P> void remove(PluginSet<P> set, ServiceReference<P> reference) {
        set.remove(reference);
        context.ungetService(reference);
    }

    private static Supplier<Origin> originOf(Bundle bundle) {
        return () -> new Origin(bundle.getSymbolicName(), bundle.getVersion().toString(), stateOf(bundle),
                OptionalLong.of(bundle.getBundleId()));
    }

    private static String stateOf(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.INSTALLED -> "INSTALLED";
            default -> "UNINSTALLED";
        };
    }
}
