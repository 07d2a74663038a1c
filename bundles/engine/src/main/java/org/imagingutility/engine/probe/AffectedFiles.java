package org.imagingutility.engine.probe;

import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;

/** Finds the files that unreadable ranges touch. */
public final class AffectedFiles {
    /** Most files that are named. */
    static final int LIMIT = 1000;

    private AffectedFiles() {
    }

    /** Returns the files in {@code ranges}; none where they cannot be told, which never costs the image. */
    public static List<TouchedFile> of(ProbeResult probed, ExtentList ranges, JobMonitor monitor) throws CancelledException {
        if (ranges.count() == 0) {
            return List.of();
        }
        try {
            return probed.allocation().filesIn(ranges, LIMIT);
        } catch (CancelledException e) {
            throw e;
        } catch (ImagingException e) {
            monitor.notice("the files in the unreadable ranges cannot be told: " + e.getMessage());
            return List.of();
        }
    }
}
