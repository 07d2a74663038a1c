package org.imagingutility.command.mount;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;

/**
 * Has a drive letter lead to a server as soon as it says where it listens, and is the monitor of the job that serves. The letter is taken away
 * after the server has ended, when nothing can hang for want of an answer. Used by several threads at once.
 */
final class WebdavMounting implements JobMonitor {
    private static final Pattern ADDRESS = Pattern.compile(" as (http://localhost:\\d+/)");

    private final DriveLetter letter;
    private final JobMonitor shown;
    private final BooleanSupplier cancelled;
    private boolean mapped;
    private volatile TargetException failure;

    WebdavMounting(DriveLetter letter, JobMonitor shown, BooleanSupplier cancelled) {
        this.letter = letter;
        this.shown = shown;
        this.cancelled = cancelled;
    }

    @Override
    public synchronized void notice(String line) {
        shown.notice(line);
        Matcher address = ADDRESS.matcher(line);
        if (mapped || !address.find()) {
            return;
        }
        mapped = true;
        try {
            letter.map(address.group(1)).forEach(shown::notice);
        } catch (IOException e) {
            failure = new TargetException(address.group(1), -1, "cannot be given a drive letter: " + e.getMessage(),
                    "the service WebClient must run (sc start WebClient; on servers it is the feature WebDAV-Redirector); "
                    + "or open the address in a browser: imaging serve webdav", e);
        }
    }

    /** Takes the letter away. */
    synchronized void end() {
        try {
            letter.unmap();
        } catch (IOException e) {
            shown.notice("the drive letter could not be taken away: " + e.getMessage());
        }
    }

    /** Throws what kept the letter from being there. */
    void check() throws TargetException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean cancelled() {
        return failure != null || cancelled.getAsBoolean();
    }

    @Override
    public synchronized void progress(Progress progress) {
        shown.progress(progress);
    }

    @Override
    public synchronized void state(JobState state, String reason) {
        shown.state(state, reason);
    }

    @Override
    public String jobName() {
        return shown.jobName();
    }
}
