package org.imagingutility.engine.set.file;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.job.JobPlugins;

/** Files that are there complete or not at all. */
public final class AtomicFiles {
    private AtomicFiles() {
    }

    /** Fills a file that was begun and gives it its name; takes it away again if that fails. */
    public static <T> T filled(ImageFile file, JobPlugins.Step<T> fill) throws ImagingException {
        T result;
        try {
            result = fill.run();
        } catch (ImagingException | RuntimeException | Error e) {
            try {
                file.discard();
            } catch (ImagingException discarding) {
                e.addSuppressed(discarding);
            }
            throw e;
        }
        file.publish();
        return result;
    }
}
