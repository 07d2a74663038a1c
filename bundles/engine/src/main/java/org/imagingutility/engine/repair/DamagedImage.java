package org.imagingutility.engine.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.job.JobPlugins;

/**
 * A damaged image and the format it is of.
 *
 * @param format what reads it
 * @param image what is left of it; the caller closes it
 */
record DamagedImage(ContainerFormat format, SalvagedImage image) {

    /**
     * Finds the format of an image of which any part may be damaged.
     *
     * @throws ImageFormatException if no format finds anything of its own in it
     */
    static DamagedImage find(JobPlugins plugins, ImageFile file, RepairProgress progress) throws ImagingException {
        String subject = file.reference();
        Optional<ContainerFormat> recognised = plugins.ask(plugins.formats(), subject,
                format -> recognises(format, file) ? Optional.of(format) : Optional.empty());
        if (recognised.isPresent()) {
            return new DamagedImage(recognised.get(), recognised.get().salvage(file, plugins, progress));
        }
        // begin and end may both be damaged: then what lies between tells
        List<ImageFormatException> refusals = new ArrayList<>();
        Optional<DamagedImage> found = plugins.ask(plugins.formats(), subject, format -> {
            try {
                return Optional.of(new DamagedImage(format, format.salvage(file, plugins, progress)));
            } catch (ImageFormatException e) {
                refusals.add(e);
                return Optional.empty();
            }
        });
        if (found.isEmpty()) {
            throw refusals.isEmpty() ? new ImageFormatException(subject, 0, "no container format is installed", null)
                    : refusals.get(refusals.size() - 1);
        }
        return found.get();
    }

    private static boolean recognises(ContainerFormat format, ImageFile file) throws ImagingException {
        try {
            return format.recognises(file);
        } catch (ImageReadException e) {
            // its begin is on a bad sector: what lies behind tells
            return false;
        }
    }
}
