package org.imagingutility.shell.interactive;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.job.JobListener;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.shell.command.Foreground;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Tells of jobs in the background and of the deploy folder: above the prompt while the user types, else before the next prompt. Called by the jobs'
 * threads and by those of the container.
 */
final class Notices implements JobListener, AutoCloseable {
    private final LineReader reader;
    private final Prompt prompt;
    private final Foreground foreground;
    private final List<String> pending = new ArrayList<>();
    private final ServiceRegistration<JobListener> registration;
    private final DeployNotices deployed;
    private boolean closed;

    Notices(BundleContext context, LineReader reader, Prompt prompt, Foreground foreground) {
        this.reader = reader;
        this.prompt = prompt;
        this.foreground = foreground;
        this.registration = context.registerService(JobListener.class, this, null);
        this.deployed = new DeployNotices(context, this::tell);
    }

    @Override
    public void stateChanged(JobStatus job) {
        boolean shown = !job.state().isLive() && foreground.takeShown(job.id());
        String line = shown ? null : line(job);
        if (line != null) {
            tell(line);
        } else {
            redraw();
        }
    }

    @Override
    public void noticed(JobStatus job, String line) {
        if (!foreground.isShown(job.id())) {
            tell("job " + job.id() + ": " + line);
        }
    }

    /** Prints what was not told yet. */
    synchronized void flush() {
        for (String line : pending) {
            Welcome.lines(line, reader.getTerminal().getWidth()).forEach(reader.getTerminal().writer()::println);
        }
        pending.clear();
        reader.getTerminal().flush();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            flush();
            deployed.close();
            unregister();
        }
    }

    private void unregister() {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // the shell's own bundle was stopped, and its services with it
            System.getLogger(Notices.class.getName()).log(System.Logger.Level.DEBUG, "already gone", e);
        }
    }

    private synchronized void tell(String line) {
        if (closed) {
            return;
        }
        if (reader.isReading()) {
            reader.printAbove(String.join(System.lineSeparator(), Welcome.lines(line, reader.getTerminal().getWidth())));
            redraw();
        } else {
            pending.add(line);
        }
    }

    /** Puts the number of jobs into a prompt that waits. */
    private void redraw() {
        if (reader.isReading() && !prompt.isAsking() && reader instanceof LineReaderImpl drawn) {
            drawn.setPrompt(prompt.text());
            reader.callWidget(LineReader.REDISPLAY);
        }
    }

    private static String line(JobStatus job) {
        String what = "job " + job.id() + " (" + job.request().kind() + " " + job.request().subject() + ")";
        JobState state = job.state();
        return switch (state) {
            case DONE -> what + " is done";
            case FAILED -> what + " failed: " + job.reason();
            case SUSPENDED -> what + " is suspended: " + job.reason() + "; \"resume " + job.id() + "\" goes on with it";
            case WAITING -> what + " waits for " + job.reason();
            case CANCELLED -> what + " is cancelled; \"resume " + job.id() + "\" goes on with it";
            case RUNNING, PAUSED, INTERRUPTED -> null;
        };
    }
}
