package org.imagingutility.shell.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The commands that change bundles, in place of gogo's: they take names as well as numbers ({@link BundleNames}), say what they did,
 * and leave the framework itself to {@code exit}, which asks first if jobs run. Nothing is done if one of several names is wrong.
 */
final class BundleCommands {
    private final BundleContext context;

    BundleCommands(BundleContext context) {
        this.context = context;
    }

    /** Returns the commands by their names. */
    Map<String, Function> all() {
        return Map.of("start", this::start, "stop", this::stop, "update", this::update, "refresh", this::refresh,
                "install", this::install, "uninstall", this::uninstall);
    }

    private Object start(CommandSession session, List<Object> arguments) throws BundleException {
        int options = (takes(arguments, "-t", "--transient") ? Bundle.START_TRANSIENT : 0)
                | (takes(arguments, "-p", "--policy") ? Bundle.START_ACTIVATION_POLICY : 0);
        List<Bundle> bundles = new ArrayList<>();
        for (String word : words("start", arguments)) {
            bundles.add(BundleNames.matching(context, word).isEmpty() && isLocation(word) ? installed(word)
                    : BundleNames.find(context, word));
        }
        for (Bundle bundle : bundles) {
            boolean ran = bundle.getState() == Bundle.ACTIVE;
            bundle.start(options);
            out().println((ran ? "runs already: " : "started ") + BundleNames.of(bundle));
        }
        return null;
    }

    private Object stop(CommandSession session, List<Object> arguments) throws BundleException, ExitException {
        int options = takes(arguments, "-t", "--transient") ? Bundle.STOP_TRANSIENT : 0;
        List<Bundle> bundles = bundles("stop", arguments);
        if (bundles.stream().anyMatch(bundle -> bundle.getBundleId() == 0)) {
            throw new ExitException(ExitCodes.DONE); // the framework ends with the shell, which asks if jobs run
        }
        for (Bundle bundle : bundles) {
            boolean ran = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
            bundle.stop(options);
            out().println((ran ? "stopped " : "does not run: ") + BundleNames.of(bundle));
        }
        return null;
    }

    private Object update(CommandSession session, List<Object> arguments) throws BundleException, IOException {
        List<String> words = words("update", arguments);
        if (words.size() > 2) {
            throw new IllegalArgumentException("update takes one bundle and, if its jar lies elsewhere, the jar's location");
        }
        Bundle bundle = notTheFramework("update", BundleNames.find(context, words.get(0)));
        Version before = bundle.getVersion();
        if (words.size() == 1) {
            bundle.update();
        } else {
            try (InputStream jar = url(words.get(1)).openStream()) {
                bundle.update(jar);
            }
        }
        out().println("updated " + BundleNames.of(bundle) + (before.equals(bundle.getVersion()) ? "" : " from " + before)
                + "; \"refresh " + bundle.getBundleId() + "\" has those that use it take the new one");
        return null;
    }

    private Object refresh(CommandSession session, List<Object> arguments) {
        List<Bundle> bundles = arguments.isEmpty() ? null : bundles("refresh", arguments);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(bundles);
        out().println("refreshing " + (bundles == null ? "what was updated or uninstalled" : bundles.stream().map(BundleNames::of)
                .collect(Collectors.joining(", "))) + ", and what uses it");
        return null;
    }

    private Object install(CommandSession session, List<Object> arguments) throws BundleException {
        for (String word : words("install", arguments)) {
            Bundle bundle = installed(word);
            out().println("installed " + BundleNames.of(bundle) + "; \"start " + bundle.getBundleId() + "\" starts it");
        }
        return null;
    }

    private Object uninstall(CommandSession session, List<Object> arguments) throws BundleException {
        for (Bundle bundle : bundles("uninstall", arguments)) {
            String name = BundleNames.of(notTheFramework("uninstall", bundle));
            try {
                bundle.uninstall();
            } catch (IllegalStateException e) {
                // Felix gives up when it cannot lock the bundle, or all of them, as while they are refreshed
                throw new IllegalStateException(name + " cannot be uninstalled now, because the container is at work on bundles: try again"
                        + " in a moment (" + e.getMessage() + ")", e);
            }
            out().println("uninstalled " + name);
        }
        return null;
    }

    private List<Bundle> bundles(String command, List<Object> arguments) {
        List<Bundle> bundles = new ArrayList<>();
        for (String word : words(command, arguments)) {
            bundles.add(BundleNames.find(context, word));
        }
        return bundles;
    }

    private static List<String> words(String command, List<Object> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException(command + " needs " + (command.equals("install") ? "the location of a jar: "
                    + "install file:plugin.jar" : "a bundle: its number or name, as in \"" + command + " codec-zstd\""));
        }
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            String word = String.valueOf(argument);
            if (word.startsWith("-")) {
                throw new IllegalArgumentException(command + " has no option \"" + word + "\"");
            }
            words.add(word);
        }
        return words;
    }

    /** Takes an option off {@code arguments}. */
    private static boolean takes(List<Object> arguments, String... names) {
        return arguments.removeIf(argument -> List.of(names).contains(String.valueOf(argument)));
    }

    private static Bundle notTheFramework(String command, Bundle bundle) {
        if (bundle.getBundleId() == 0) {
            throw new IllegalArgumentException("the framework cannot be taken by " + command + ": leave the shell and start it again");
        }
        return bundle;
    }

    private Bundle installed(String location) throws BundleException {
        return context.installBundle(url(location).toString());
    }

    private static boolean isLocation(String word) {
        return word.contains("/") || word.contains(":") || word.endsWith(".jar");
    }

    /** Returns a URL, also of the plain name of a file. */
    private static URL url(String location) {
        try {
            return location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") ? new URL(location) : Path.of(location).toUri().toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + location + "\" is no location of a jar: " + e.getMessage(), e);
        }
    }

    private static PrintStream out() {
        return Process.Utils.current().out();
    }
}
