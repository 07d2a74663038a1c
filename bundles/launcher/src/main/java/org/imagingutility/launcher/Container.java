package org.imagingutility.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** Felix with the bundles of a distribution. */
final class Container {
    private static final String COMMAND_FILTER = "(imaging.main=true)";
    /** Components come up while their bundles start; the rest is for plug-ins that take their time. */
    private static final long PATIENCE_SECONDS = 5;
    private final Distribution distribution;
    private final BundleCache cache;
    private final PrintStream err;

    Container(Distribution distribution, BundleCache cache, PrintStream err) {
        this.distribution = distribution;
        this.cache = cache;
        this.err = err;
    }

    /** Starts the container and returns the service that runs command lines. */
    ToIntFunction<String[]> command() throws IOException, BundleException, CannotStartException {
        boolean filled = cache.filled();
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst()
                .orElseThrow(() -> new CannotStartException("no OSGi framework on the class path"))
                .newFramework(configuration(filled));
        framework.init();
        BundleContext context = framework.getBundleContext();
        List<String> problems = filled ? new ArrayList<>() : install(context);
        framework.start();
        // one pass of the resolver instead of one for each bundle; what does not resolve is told by its start
        framework.adapt(FrameworkWiring.class).resolveBundles(null);
        problems.addAll(start(context.getBundles()));
        ServiceReference<?> command = await(context);
        if (command == null) {
            cache.forget();
            throw new CannotStartException(new Diagnosis(context).text(problems));
        }
        if (!filled && problems.isEmpty()) {
            cache.setFilled(); // else the next run tells the problems again
        }
        problems.forEach(problem -> err.println("imaging: " + problem));
        @SuppressWarnings("unchecked") // the command bundle publishes it as such
        ToIntFunction<String[]> function = (ToIntFunction<String[]>) context.getService(command);
        return function;
    }

    private Map<String, String> configuration(boolean filled) {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.folder().toString());
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, filled ? "none" : Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        configuration.put("felix.cache.locking", "false"); // the cache folder is ours alone already
        configuration.put("felix.service.urlhandlers", "false"); // they would replace JVM-wide handlers; nobody needs them
        configuration.put("felix.log.level", "0"); // what fails to start is told by this class
        return configuration;
    }

    private List<String> install(BundleContext context) throws IOException, CannotStartException {
        List<String> problems = new ArrayList<>();
        for (Path bundle : distribution.bundles()) {
            try {
                context.installBundle("reference:" + bundle.toUri());
            } catch (BundleException e) {
                problems.add("\"" + bundle + "\" is left out: " + e.getMessage());
            }
        }
        return problems;
    }

    /** Starts all bundles but fragments; returns what went wrong. A plug-in that does not start must not stop the others. */
    private static List<String> start(Bundle[] bundles) {
        List<String> problems = new ArrayList<>();
        for (Bundle bundle : bundles) {
            if (bundle.getBundleId() != 0 && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                try {
                    bundle.start(Bundle.START_TRANSIENT);
                } catch (BundleException e) {
                    problems.add("bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
                }
            }
        }
        return problems;
    }

    private static ServiceReference<?> await(BundleContext context) throws BundleException {
        CountDownLatch registered = new CountDownLatch(1);
        try {
            context.addServiceListener(event -> registered.countDown(), COMMAND_FILTER);
            ServiceReference<?> command = find(context);
            if (command == null && registered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                command = find(context);
            }
            return command;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @SuppressWarnings("rawtypes") // a service is found by its raw interface
    private static ServiceReference<?> find(BundleContext context) throws InvalidSyntaxException {
        Collection<ServiceReference<ToIntFunction>> found = context.getServiceReferences(ToIntFunction.class, COMMAND_FILTER);
        return found.isEmpty() ? null : found.iterator().next();
    }
}
