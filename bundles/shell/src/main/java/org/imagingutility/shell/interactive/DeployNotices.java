package org.imagingutility.shell.interactive;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;

/** Tells what became of the jars in {@code deploy/}: they come and go without a command that could say it. */
final class DeployNotices implements BundleListener, AutoCloseable {
    /** Folders with commas between them, as File Install has them. */
    private static final String FOLDER = "felix.fileinstall.dir";
    /** File Install starts what it installed in the same pass; after that time it did, or could not. */
    private static final long SETTLED_MILLIS = 1500;
    private final BundleContext context;
    private final Consumer<String> tell;
    private final List<String> places;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "imaging-deploy");
        thread.setDaemon(true);
        return thread;
    });

    DeployNotices(BundleContext context, Consumer<String> tell) {
        this.context = context;
        this.tell = tell;
        String folders = context.getProperty(FOLDER);
        this.places = folders == null ? List.of() : Arrays.stream(folders.split(",")).map(DeployNotices::place).toList();
        context.addBundleListener(this);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong in it is told there
    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        String location = withOneSlash(bundle.getLocation());
        if (places.stream().noneMatch(location::startsWith)) {
            return;
        }
        switch (event.getType()) {
            case BundleEvent.STARTED -> tell.accept("deploy: " + name(bundle) + " is started");
            case BundleEvent.UNINSTALLED -> tell.accept("deploy: " + name(bundle) + " is removed");
            case BundleEvent.INSTALLED, BundleEvent.UPDATED ->
                later.schedule(() -> look(bundle), SETTLED_MILLIS, TimeUnit.MILLISECONDS);
            default -> { }
        }
    }

    /** Says why a bundle was not started; to start it once more is the way to learn it. */
    private void look(Bundle bundle) {
        boolean waiting = bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED;
        if (waiting && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
            try {
                bundle.start(Bundle.START_TRANSIENT);
            } catch (BundleException | IllegalStateException e) {
                tell.accept("deploy: " + name(bundle) + " does not start: " + e.getMessage());
            }
        }
    }

    /** Returns what the locations of a folder's jars begin with. */
    private static String place(String folder) {
        String uri = withOneSlash(Path.of(folder.strip()).toUri().toString());
        return uri.endsWith("/") ? uri : uri + "/"; // a folder that is not there yet has none
    }

    /** Returns the location as File Install writes it: {@code file:/a.jar}, which a path writes as {@code file:///a.jar}. */
    private static String withOneSlash(String location) {
        return location.replaceFirst("^file:///(?=[^/])", "file:/");
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    @Override
    public void close() {
        later.shutdownNow();
        try {
            context.removeBundleListener(this);
        } catch (IllegalStateException e) {
            // the shell's own bundle was stopped, and its listeners with it
            System.getLogger(DeployNotices.class.getName()).log(System.Logger.Level.DEBUG, "already removed", e);
        }
    }
}
