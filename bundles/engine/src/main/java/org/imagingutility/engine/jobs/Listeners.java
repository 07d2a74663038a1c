package org.imagingutility.engine.jobs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.imagingutility.api.job.JobListener;
import org.imagingutility.api.job.JobStatus;

/**
 * Passes what jobs tell on to the listeners there are. Each listener has a thread of its own, which ends when there is
 * nothing to tell: one that throws is logged, one that hangs loses what does not fit in its queue, and no job waits for
 * either. Of the progress of a job only the newest waits. Used by several threads at once.
 */
public final class Listeners {
    private static final int WAITING_AT_MOST = 1000;
    private static final int IDLE_SECONDS = 5;

    private final Map<JobListener, Mailbox> mailboxes = new ConcurrentHashMap<>();

    /** Creates a set without a listener. */
    public Listeners() {
    }

    /** Adds one. */
    public void add(JobListener listener) {
        mailboxes.put(listener, new Mailbox(listener));
    }

    /** Removes one; what it was not told yet it will not be told. */
    public void remove(JobListener listener) {
        Mailbox mailbox = mailboxes.remove(listener);
        if (mailbox != null) {
            mailbox.close();
        }
    }

    void stateChanged(JobStatus job) {
        mailboxes.values().forEach(mailbox -> mailbox.post(listener -> listener.stateChanged(job)));
    }

    void noticed(JobStatus job, String line) {
        mailboxes.values().forEach(mailbox -> mailbox.post(listener -> listener.noticed(job, line)));
    }

    void progressed(JobStatus job) {
        mailboxes.values().forEach(mailbox -> mailbox.progressed(job));
    }

    /** What one listener is to be told. */
    private static final class Mailbox {
        private static final Logger LOG = System.getLogger(Listeners.class.getPackageName());

        private final JobListener listener;
        private final ThreadPoolExecutor thread;
        private final Map<String, JobStatus> newest = new ConcurrentHashMap<>();
        private final AtomicBoolean behind = new AtomicBoolean();

        Mailbox(JobListener listener) {
            this.listener = listener;
            thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(WAITING_AT_MOST), task -> {
                        Thread made = new Thread(task, "job-listener");
                        made.setDaemon(true);
                        return made;
                    });
            thread.allowCoreThreadTimeOut(true);
        }

        void progressed(JobStatus job) {
            if (newest.put(job.id(), job) == null && !post(told -> {
                JobStatus status = newest.remove(job.id());
                if (status != null) {
                    told.progressed(status);
                }
            })) {
                newest.remove(job.id());
            }
        }

        boolean post(Consumer<JobListener> message) {
            try {
                thread.execute(() -> tell(message));
                return true;
            } catch (OutOfMemoryError e) {
                // no thread or no room to tell of it: the job that is told of does not suffer
                LOG.log(Level.WARNING, "there is no memory to tell the job listener " + listener.getClass().getName(), e);
                return false;
            } catch (RejectedExecutionException e) {
                if (!thread.isShutdown() && behind.compareAndSet(false, true)) {
                    LOG.log(Level.WARNING, "the job listener " + listener.getClass().getName() + " does not return; it is "
                            + "not told all");
                }
                return false;
            }
        }

        private void tell(Consumer<JobListener> message) {
            try {
                message.accept(listener);
                behind.set(false);
            } catch (RuntimeException | LinkageError | AssertionError | OutOfMemoryError | StackOverflowError e) {
                LOG.log(Level.WARNING, "the job listener " + listener.getClass().getName() + " failed", e);
            }
        }

        void close() {
            thread.getQueue().clear();
            thread.shutdown();
        }
    }
}
