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
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeStatistics;
import org.imagingutility.api.serve.ServedDevice;
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
        try (Views views = new Views(installed, monitor, request.cacheBytes(), request.pipeline().parallel())) {
            List<ServedDevice> devices = new ArrayList<>();
            for (ServeRequest.Export export : request.exports()) {
                devices.add(views.open(export));
            }
            try (JobPlugins plugins = new JobPlugins(installed, monitor)) {
                plugins.runResumable(() -> serve(plugins, devices));
            } catch (CancelledException e) {
                if (!monitor.cancelled()) {
                    throw e;
                }
            }
        }
        return new ServeResult(statistics, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private Boolean serve(JobPlugins plugins, List<ServedDevice> devices) throws ImagingException {
        BlockServer protocol = plugins.blockServerNamed(request.protocol());
        RunningServer server = protocol.start(request.settings(), devices, new Events());
        try (server) {
            for (int i = 0; i < devices.size(); i++) {
                monitor.notice("serving \"" + devices.get(i).description() + "\" (" + devices.get(i).length() + " bytes) as "
                        + server.addresses().get(i));
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
