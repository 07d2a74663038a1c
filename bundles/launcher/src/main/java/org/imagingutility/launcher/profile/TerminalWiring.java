package org.imagingutility.launcher.profile;

import java.util.Collection;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps the terminal of the shell from being wired to JNA. JLine would drive it by JNA if that is there, and a refresh of
 * JNA, which jobs use for other things, would take the terminal and so the shell with it. Without JNA, JLine asks the
 * command {@code stty}, which all but Windows have. Safe for several threads.
 */
final class TerminalWiring implements ResolverHookFactory, ResolverHook {
    private static final String TERMINAL = "org.jline";
    private static final String JNA = "com.sun.jna";

    private TerminalWiring() {
    }

    /** Returns the hook for a system that has another way to drive a terminal; nothing for Windows, which has none. */
    static Optional<ResolverHookFactory> forSystem(String osName) {
        return osName.startsWith("Windows") ? Optional.empty() : Optional.of(new TerminalWiring());
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (TERMINAL.equals(requirement.getRevision().getSymbolicName()) && isOfJna(requirement)) {
            candidates.clear();
        }
    }

    /** The package stands in the filter only: {@code (&(osgi.wiring.package=com.sun.jna)(version>=5.9.0)(!(version>=6.0.0)))}. */
    private static boolean isOfJna(BundleRequirement requirement) {
        String filter = requirement.getDirectives().get(Constants.FILTER_DIRECTIVE);
        return PackageNamespace.PACKAGE_NAMESPACE.equals(requirement.getNamespace()) && filter != null
                && (filter.contains("=" + JNA + ")") || filter.contains("=" + JNA + "."));
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // all may be resolved
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
        // as the framework has it
    }

    @Override
    public void end() {
        // nothing is kept for one resolution
    }
}
