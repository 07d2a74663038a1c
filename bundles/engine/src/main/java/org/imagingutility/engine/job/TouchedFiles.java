package org.imagingutility.engine.job;

import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;

/** Finds the files that unreadable ranges touch. */
final class TouchedFiles {
    /** Most files that are named. */
    static final int LIMIT = 1000;

    private TouchedFiles() {
    }

    /** Returns the files in {@code ranges}; none where they cannot be told, which never costs the image. */
    static List<TouchedFile> of(Recognition recognition, ExtentList ranges, JobMonitor monitor) throws CancelledException {
        if (ranges.count() == 0) {
            return List.of();
        }
        try {
            return recognition.allocation().filesIn(ranges, LIMIT);
        } catch (CancelledException e) {
            throw e;
        } catch (ImagingException e) {
            monitor.notice("the files in the unreadable ranges cannot be told: " + e.getMessage());
            return List.of();
        }
    }
}
