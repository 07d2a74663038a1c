package org.imagingutility.engine.files;

import java.util.concurrent.atomic.AtomicBoolean;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.TreeUse;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;

/** Lets a caller have the files of a volume. */
public final class BrowseJob {
    private BrowseJob() {
    }

    /** Opens the volume, hands its files over once, and closes it. What the caller was given before a plug-in left cannot be taken back. */
    public static <T> T run(Plugins installed, JobPlugins job, BrowseRequest request, TreeUse<T> use) throws ImagingException {
        AtomicBoolean begun = new AtomicBoolean();
        return job.runResumable(() -> {
            if (begun.get()) {
                throw new PluginGoneException("plug-in", request.source(), "it was replaced while files of \"" + request.source() + "\" were read");
            }
            try (OpenVolume volume = OpenVolume.open(installed, job, request)) {
                begun.set(true);
                return use.with(volume.tree());
            }
        });
    }
}
