package org.imagingutility.launcher.framework;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.imagingutility.launcher.acceptance.Gate;
import org.imagingutility.launcher.cache.BundleCache;
import org.imagingutility.launcher.cache.CacheFullException;
import org.imagingutility.launcher.cache.ExtractedFiles;
import org.imagingutility.launcher.profile.CannotStartException;
import org.imagingutility.launcher.profile.FrameworkProperties;
import org.imagingutility.launcher.profile.Profile;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** Felix with the bundles of a profile. */
public final class Container {
    /** Components come up while their bundles start; the rest is for plug-ins that take their time. */
    private static final long PATIENCE_SECONDS = 5;
    private static final long STOP_MILLIS = 10_000;
    /** What an entry returns when its own bundle is being replaced and its successor is to take over. */
    private static final int REPLACED = -1;
    private final Profile profile;
    private final BundleCache cache;
    private final Consumer<String> listener;
    /** Refuses bundles; null if all are accepted. */
    private final Gate gate;
    private Framework framework;
    /** Whether this run was the first with these bundles and has something to leave to the next. */
    private boolean filled;
    /** What the framework exports of Java. */
    private String systemPackages;

    public Container(Profile profile, BundleCache cache, Gate gate, Consumer<String> listener) {
        this.profile = profile;
        this.cache = cache;
        this.gate = gate;
        this.listener = listener;
    }

    /**
     * Starts the container, hands {@code arguments} to the profile's entry and returns the exit code.
     *
     * @throws CacheFullException if the bundles do not fit into the cache; nothing runs then
     */
    public int run(String[] arguments) throws IOException, BundleException, CannotStartException, InterruptedException {
        ToIntFunction<String[]> entry = start();
        int exitCode = entry.applyAsInt(arguments);
        while (exitCode == REPLACED) {
            exitCode = successor().applyAsInt(arguments);
        }
        if (ClassLinking.isAsked()) {
            ClassLinking.link(framework.getBundleContext().getBundles());
        }
        return exitCode;
    }

    /** Says whether bundles have something to write down for later runs, which they do when they are stopped. */
    public boolean hasToBeKept() {
        return filled;
    }

    /**
     * Stops all bundles in order and, if this was the first run with them, leaves what they are to the next ones. Takes
     * longer than most commands, so a container for one command is stopped only if it {@linkplain #hasToBeKept() has to}.
     */
    public void stop() throws IOException, BundleException, InterruptedException {
        framework.stop();
        boolean stopped = framework.waitForStop(STOP_MILLIS).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        if (filled && stopped) {
            cache.setFilled(systemPackages);
        }
    }

    private ToIntFunction<String[]> start() throws IOException, BundleException, CannotStartException, InterruptedException {
        ToIntFunction<String[]> entry = profile.keepsBundles() && cache.filled() ? startKept() : null;
        return entry != null ? entry : startAnew();
    }

    /** Starts what an earlier run left. Returns null, and nothing runs, if that is not what it was. */
    private ToIntFunction<String[]> startKept()
            throws IOException, BundleException, CannotStartException, InterruptedException {
        Installation installation;
        try {
            ExtractedFiles.removeDamaged(cache.folder());
            installation = open(cache.systemPackages());
        } catch (IOException e) {
            System.getLogger(Container.class.getName()).log(System.Logger.Level.DEBUG, "not kept: " + cache.folder(), e);
            cache.forget();
            return null;
        }
        // what is lost of a bundle Felix leaves out in silence; an image would be made with fewer plug-ins
        boolean whole = framework.getBundleContext().getBundles().length == profile.bundles().size() + 1;
        ToIntFunction<String[]> entry = whole ? start(installation) : null;
        if (entry == null || !installation.problems().isEmpty()) {
            cache.forget();
            stop();
            return null;
        }
        return entry;
    }

    private ToIntFunction<String[]> startAnew()
            throws IOException, BundleException, CannotStartException, InterruptedException {
        Installation installation = open(null);
        installation.install(framework.getBundleContext());
        if (!installation.problems().isEmpty() && cache.isFull()) {
            stop();
            throw new CacheFullException(cache.folder());
        }
        ToIntFunction<String[]> entry = start(installation);
        List<String> problems = installation.problems();
        if (entry == null) {
            throw new CannotStartException(new Diagnosis(framework.getBundleContext()).text(problems));
        }
        // else the next run tells the problems again
        filled = profile.keepsBundles() && problems.isEmpty() && cache.outlivesRun();
        problems.forEach(listener);
        if (gate != null) {
            gate.tell(listener);
        }
        return entry;
    }

    /**
     * Makes a framework; no bundle is resolved yet.
     *
     * @param packages what an earlier run with the bundles in the cache exported of Java; null to begin with an empty cache
     */
    private Installation open(String packages) throws BundleException, CannotStartException {
        framework = ServiceLoader.load(FrameworkFactory.class).findFirst()
                .orElseThrow(() -> new CannotStartException("no OSGi framework on the class path"))
                .newFramework(configuration(packages));
        framework.init();
        BundleContext context = framework.getBundleContext();
        systemPackages = context.getProperty(Constants.FRAMEWORK_SYSTEMPACKAGES);
        Installation installation = new Installation(profile, gate);
        if (gate != null) {
            gate.tell(installation.problems()::add);
            gate.close(context);
        }
        if (profile.wiring().isPresent()) {
            context.registerService(ResolverHookFactory.class, profile.wiring().get(), null);
        }
        return installation;
    }

    /** Starts what is installed and returns the service it is for; null if that does not come. */
    private ToIntFunction<String[]> start(Installation installation) throws BundleException {
        framework.start();
        BundleContext context = framework.getBundleContext();
        // one pass of the resolver instead of one for each bundle; what does not resolve is told by its start
        framework.adapt(FrameworkWiring.class).resolveBundles(gate == null ? null : gate.accepted(context.getBundles()));
        installation.start(context.getBundles());
        return new Entry(context, profile.entry()).await(PATIENCE_SECONDS);
    }

    private ToIntFunction<String[]> successor() throws CannotStartException {
        ToIntFunction<String[]> entry = new Entry(framework.getBundleContext(), profile.entry()).await(PATIENCE_SECONDS);
        if (entry == null) {
            throw new CannotStartException("it was stopped, and none came in its place");
        }
        return entry;
    }

    private Map<String, String> configuration(String packages) {
        Map<String, String> configuration = new HashMap<>(profile.properties());
        // with packages of its own, the framework would add them once more
        if (packages != null && !configuration.containsKey(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA)) {
            configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES, packages);
        }
        configuration.putAll(FrameworkProperties.storage(cache.folder(), packages != null));
        return configuration;
    }
}
