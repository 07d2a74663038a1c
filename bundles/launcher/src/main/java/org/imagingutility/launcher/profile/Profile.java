package org.imagingutility.launcher.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;

/**
 * What a container is filled with, and for what.
 *
 * @param name names the profile
 * @param bundles the jars to install, in the order they are started
 * @param keepsBundles whether the next run finds them installed; they are then used where they lie. Else each run installs
 *        copies, so that a jar can be replaced and its bundle be updated while the container runs
 * @param libraries symbolic names of bundles that are not started: only their classes are wanted
 * @param entry filter of the service that the run is handed to
 * @param properties properties of the framework
 * @param wiring has a say in what the bundles are wired to
 */
public record Profile(String name, List<Path> bundles, boolean keepsBundles, Set<String> libraries, String entry,
        Map<String, String> properties, Optional<ResolverHookFactory> wiring) {
    /** Started, it would open a terminal and a shell of its own; wanted are its commands, its parser and its highlighter. */
    private static final Set<String> SHELL_LIBRARIES = Set.of("org.apache.felix.gogo.jline");

    private static final String LOG = "org.apache.felix.log-";

    /** One command: what it needs and what lies in {@code deploy/}. */
    public static Profile oneShot(Distribution distribution, List<String> arguments) throws IOException, CannotStartException {
        List<Path> bundles = distribution.bundlesFor(arguments);
        bundles.addAll(distribution.deployed());
        Map<String, String> properties = new HashMap<>(FrameworkProperties.common());
        properties.putAll(FrameworkProperties.keptComponents());
        return new Profile("one-shot", bundles, true, Set.of(), "(imaging.main=true)", properties, Optional.empty());
    }

    /** The shell: the shell's bundles as well; {@code deploy/} is left to the one among them that watches it. */
    public static Profile shell(Distribution distribution) throws IOException, CannotStartException {
        List<Path> bundles = distribution.bundles();
        List<Path> more = distribution.shellBundles();
        // started first and so stopped last: without it, the others say on standard output what they want to log at the end
        more.stream().filter(Profile::isLog).forEach(bundles::add);
        more.stream().filter(jar -> !isLog(jar)).forEach(bundles::add);
        Map<String, String> properties = new HashMap<>(FrameworkProperties.common());
        properties.putAll(FrameworkProperties.deployFolder(distribution));
        return new Profile("shell", bundles, false, SHELL_LIBRARIES, "(imaging.shell=true)", properties,
                TerminalWiring.forSystem(System.getProperty("os.name")));
    }

    private static boolean isLog(Path jar) {
        return jar.getFileName().toString().startsWith(LOG);
    }
}
