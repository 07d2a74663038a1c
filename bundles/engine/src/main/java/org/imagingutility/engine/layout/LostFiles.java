package org.imagingutility.engine.layout;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.read.ImageDevice;

/** Names the files of an image's file system that lie in ranges of the device that cannot be restored. */
public final class LostFiles {
    /** Most files that are named. */
    static final int LIMIT = 1000;

    private LostFiles() {
    }

    /**
     * Returns the files in {@code lost}, as far as what is left of the image tells. That it cannot tell ends no job: the user
     * is told why.
     *
     * @param image reference of the image
     */
    public static List<TouchedFile> in(ExtentList lost, Plugins plugins, String image, ImageReader reader, JobMonitor monitor)
            throws CancelledException {
        if (lost.count() == 0) {
            return List.of();
        }
        try (ImageDevice device = new ImageDevice(plugins, image, reader)) {
            Optional<ProbeResult> known = DividedDisk.known(plugins, device);
            return known.isEmpty() ? List.of() : known.get().allocation().filesIn(lost, LIMIT);
        } catch (CancelledException e) {
            throw e;
        } catch (ImagingException e) {
            if (plugins.interrupted()) {
                throw new CancelledException("looking for files");
            }
            monitor.notice("the files in what is lost cannot be named: " + e.getMessage());
            return List.of();
        }
    }
}
