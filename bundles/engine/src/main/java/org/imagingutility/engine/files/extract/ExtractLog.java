package org.imagingutility.engine.files.extract;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.api.job.JobMonitor;

/** What was written and what is missing, told to the monitor as it comes. For one thread. */
final class ExtractLog {
    private final JobMonitor monitor;
    private final List<ExtractResult.Change> changes = new ArrayList<>();
    private final List<ExtractResult.Missing> missing = new ArrayList<>();
    private final long begun = System.nanoTime();
    private long changed;
    private long unreadable;
    private long notMade;
    long directories;
    long files;
    long links;
    long special;
    long kept;
    long bytes;

    ExtractLog(JobMonitor monitor) {
        this.monitor = monitor;
    }

    /** A name became another one. */
    void changed(String path, String name) {
        changed++;
        ExtractResult.Change change = new ExtractResult.Change("/" + TreePath.shown(path), TreePath.shown(name));
        if (changes.size() < ExtractResult.MOST_TOLD) {
            changes.add(change);
        }
        monitor.notice(change.path() + ": written as \"" + change.name() + "\"");
    }

    /** Something cannot be read from the volume; an error that is not about one file ends the job. */
    void unreadable(String path, ImagingException error) throws ImagingException {
        boolean ofTheFile = error instanceof FileSystemException || error instanceof FileRefusedException
                || error instanceof DeviceException device && !device.isDeviceChanged();
        if (!ofTheFile) {
            throw error;
        }
        unreadable++;
        missing(path, error.getMessage());
    }

    /** Something cannot be made in the folder. */
    void notMade(String path, String reason) {
        notMade++;
        missing(path, reason);
    }

    void notMade(String path, IOException error) {
        notMade(path, "cannot be made: " + (error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage()));
    }

    private void missing(String path, String reason) {
        ExtractResult.Missing one = new ExtractResult.Missing("/" + TreePath.shown(path), reason);
        if (missing.size() < ExtractResult.MOST_TOLD) {
            missing.add(one);
        }
        monitor.notice(one.path() + ": " + reason);
    }

    ExtractResult result() {
        return new ExtractResult(new ExtractResult.Counts(directories, files, links, special, kept, bytes, changed, unreadable, notMade), changes,
                missing, Duration.ofNanos(System.nanoTime() - begun));
    }
}
