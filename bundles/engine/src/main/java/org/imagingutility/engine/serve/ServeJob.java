package org.imagingutility.engine.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeStatistics;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.engine.files.served.ServedImages;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.view.Views;

/**
 * Serves images until it is cancelled, which is how it ends well. The images stay open while the server is replaced; each of them is opened
 * again by itself when a plug-in of its own is.
 */
public final class ServeJob {
    private static final long LOOK_MILLIS = 100;
    private final Plugins installed;
    private final ServeRequest request;
    private final SharedMonitor monitor;
    private final Consumer<String> log;
    private final long startNanos = System.nanoTime();
    private final List<String> descriptions = new ArrayList<>();
    private ServeStatistics statistics = ServeStatistics.NONE;

    /** Creates the job; {@link #run} runs it once. {@code log} is told what interests nobody but who looks for it. */
    public ServeJob(Plugins installed, ServeRequest request, JobMonitor monitor, Consumer<String> log) {
        this.installed = installed;
        this.request = request;
        this.monitor = new SharedMonitor(monitor);
        this.log = log;
    }

    /** Runs the job. */
    public ServeResult run() throws ImagingException {
        try (Views views = new Views(installed, monitor, request.cacheBytes(), request.pipeline().parallel());
                ServedImages images = new ServedImages(installed, monitor, views)) {
            Starter starter = isForFiles() ? files(images) : devices(views);
            try (JobPlugins plugins = new JobPlugins(installed, monitor)) {
                plugins.runResumable(() -> serve(plugins, starter));
            } catch (CancelledException e) {
                if (!monitor.cancelled()) {
                    throw e;
                }
            }
        }
        return new ServeResult(statistics, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** Has what was opened served by the server that is there now; run again when that is replaced. */
    @FunctionalInterface
    private interface Starter {
        RunningServer start(JobPlugins plugins) throws ImagingException;
    }

    private boolean isForFiles() {
        return installed.fileServers().entries().stream().anyMatch(entry -> entry.name().equals(request.protocol()));
    }

    private Starter files(ServedImages images) throws ImagingException {
        List<ServedImage> served = new ArrayList<>();
        for (ServeRequest.Export export : request.exports()) {
            served.add(images.open(export));
            descriptions.add("\"" + export.image() + "\"");
        }
        return plugins -> plugins.fileServerNamed(request.protocol()).start(request.settings(), served, new Events());
    }

    private Starter devices(Views views) throws ImagingException {
        List<ServedDevice> served = new ArrayList<>();
        for (ServeRequest.Export export : request.exports()) {
            ServedDevice device = views.open(export);
            served.add(device);
            descriptions.add("\"" + device.description() + "\" (" + device.length() + " bytes)");
        }
        return plugins -> plugins.blockServerNamed(request.protocol()).start(request.settings(), served, new Events());
    }

    private Boolean serve(JobPlugins plugins, Starter starter) throws ImagingException {
        RunningServer server = starter.start(plugins);
        try (server) {
            for (int i = 0; i < descriptions.size(); i++) {
                monitor.notice("serving " + descriptions.get(i) + " as " + server.addresses().get(i));
            }
            while (!plugins.monitor().cancelled()) {
                plugins.changes().await(plugins.changes().count(), LOOK_MILLIS);
            }
        } finally {
            statistics = statistics.plus(server.statistics());
        }
        throw new CancelledException("serving");
    }

    private final class Events implements ServeEvents {
        @Override
        public void notice(String line) {
            monitor.notice(line);
        }

        @Override
        public void log(String line) {
            log.accept(line);
        }
    }
}
