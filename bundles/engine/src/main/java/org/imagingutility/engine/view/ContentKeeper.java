package org.imagingutility.engine.view;

import java.util.concurrent.CountDownLatch;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.guard.CarriedException;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;

/**
 * Keeps something open that was opened with plug-ins: the content of an image, the files of a volume. A thread of its own runs it as a step of a job: when a plug-in that it was opened with leaves, those who
 * read are waited for, all is closed, and opened again when a plug-in of that name is there. Codecs are exchanged without that. Whoever reads
 * does so by {@link #call}, and does it again if a plug-in left meanwhile.
 *
 * @param <C> what is kept open
 */
public final class ContentKeeper<C extends ContentKeeper.Kept> implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final JobPlugins plugins;
    private final Opener<C> opener;
    private final ContentGate<C> gate = new ContentGate<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;

    /** What is kept open. */
    @FunctionalInterface
    public interface Kept extends AutoCloseable {
        @Override
        void close() throws ImagingException;
    }

    /**
     * Opens the content: each time again that a plug-in was replaced.
     *
     * @param <C> what is opened
     */
    @FunctionalInterface
    public interface Opener<C> {
        /** Opens it; what is opened is closed by the keeper. */
        C open(JobPlugins plugins) throws ImagingException;
    }

    /**
     * Something done with the content.
     *
     * @param <C> the content
     * @param <T> what comes of it
     * @param <X> what it throws beside errors of the engine
     */
    @FunctionalInterface
    public interface Call<C, T, X extends Exception> {
        /** Does it. */
        T with(C content) throws ImagingException, X;
    }

    private ContentKeeper(Plugins installed, JobMonitor monitor, Opener<C> opener) {
        this.plugins = new JobPlugins(installed, new KeeperMonitor(monitor));
        this.opener = opener;
    }

    /** The monitor of the job, for which closing is as good as cancelling. */
    private final class KeeperMonitor implements JobMonitor {
        private final JobMonitor monitor;

        KeeperMonitor(JobMonitor monitor) {
            this.monitor = monitor;
        }

        @Override
        public void progress(Progress progress) {
            // how far the look at a set is interests nobody
        }

        @Override
        public void notice(String line) {
            monitor.notice(line);
        }

        @Override
        public boolean cancelled() {
            return closing || monitor.cancelled();
        }

        @Override
        public void state(JobState state, String reason) {
            monitor.state(state, reason);
        }

        @Override
        public boolean paused() {
            return !closing && monitor.paused();
        }

        @Override
        public int workers() {
            return monitor.workers();
        }

        @Override
        public String jobName() {
            return monitor.jobName();
        }
    }

    /**
     * Opens content and keeps it open.
     *
     * @param monitor told of waits; asked whether the job is cancelled or paused
     * @throws ImagingException if it cannot be opened
     */
    public static <C extends ContentKeeper.Kept> ContentKeeper<C> open(Plugins installed, JobMonitor monitor, String name, Opener<C> opener)
            throws ImagingException {
        ContentKeeper<C> keeper = new ContentKeeper<>(installed, monitor, opener);
        Thread thread = new Thread(keeper::run, "serving " + name);
        thread.setDaemon(true);
        thread.start();
        try {
            keeper.gate.enter();
            keeper.gate.exit();
            return keeper;
        } catch (ImagingException | RuntimeException | Error e) {
            keeper.close();
            throw e;
        }
    }

    /** Returns the plug-ins that frames are decoded with. */
    JobPlugins plugins() {
        return plugins;
    }

    /** Does something with the content; waits while it is opened again, and does it again if it failed because of that. */
    public <T, X extends Exception> T call(Call<C, T, X> call) throws ImagingException, X {
        while (true) {
            C content = gate.enter();
            try {
                return call.with(content);
            } catch (CarriedException e) {
                if (!interrupted()) {
                    throw e.reason();
                }
            } catch (ImagingException | RuntimeException | LinkageError e) {
                if (!interrupted()) {
                    throw e;
                }
            } finally {
                gate.exit();
            }
        }
    }

    /** Says whether what failed says nothing, because a plug-in is leaving; nobody is let in then until all is opened again. */
    private boolean interrupted() {
        if (closing || !plugins.willResume()) {
            return false;
        }
        gate.suspend();
        return true;
    }

    private void run() {
        ImagingException reason = null;
        try {
            plugins.runResumable(this::keep);
        } catch (ImagingException e) {
            reason = e;
        } catch (CarriedException e) {
            reason = e.reason();
        } catch (OutOfMemoryError e) {
            reason = new MemoryException(e);
        } finally {
            gate.end(reason);
            plugins.close();
            ended.countDown();
        }
    }

    private Boolean keep() throws ImagingException {
        try (C content = opener.open(plugins)) {
            gate.open(content);
            try {
                await();
            } finally {
                gate.close();
            }
        }
        if (!closing) {
            throw new CancelledException("serving");
        }
        return true;
    }

    private void await() {
        while (!closing && !plugins.monitor().cancelled()) {
            gate.hold(plugins.monitor().paused());
            plugins.changes().await(plugins.changes().count(), LOOK_MILLIS);
        }
        gate.hold(false);
    }

    /** Closes the content. Who reads meanwhile is waited for; who waits for a plug-in does not wait any longer. */
    @Override
    public void close() {
        closing = true;
        plugins.monitor().abortWaits();
        gate.end(null);
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                // what is open must be closed before this returns
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
