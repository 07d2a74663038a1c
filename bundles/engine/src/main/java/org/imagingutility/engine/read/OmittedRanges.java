package org.imagingutility.engine.read;

import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.job.JobMonitor;

/** What a repaired image lacks without recording it as unreadable, because that would take more room than what was left. */
public final class OmittedRanges {
    /** The fact that says so: bytes of device. */
    public static final String FACT = "repaired.leftOutBytes";

    private OmittedRanges() {
    }

    /** Tells who reads such an image that some of what it has as zeros was lost. */
    public static void report(String image, ImageInfo info, JobMonitor monitor) {
        long bytes = info.statistics().number(FACT).orElse(0L);
        if (bytes != 0) {
            monitor.notice("image \"" + image + "\" is what a repair saved of a damaged one: " + bytes + " bytes of the"
                    + " device were lost and are not recorded as unreadable; they are zeros in it");
        }
    }
}
