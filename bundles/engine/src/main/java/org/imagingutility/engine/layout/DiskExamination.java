package org.imagingutility.engine.layout;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupRequest.Division;
import org.imagingutility.api.job.BackupRequest.Unpartitioned;
import org.imagingutility.engine.source.SourceOpener;
import org.imagingutility.engine.plan.Throttle;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.SourceDevices;

/** Looks at a disk before it is backed up. For one thread. */
public final class DiskExamination {
    private final JobPlugins plugins;
    private final BackupRequest request;
    private final Watch watch;
    private long bytesRead;

    /** Is told how far an examination is, and ends it. */
    @FunctionalInterface
    public interface Watch {
        /**
         * Is called now and then.
         *
         * @param bytes how many bytes were read
         * @param diskLength how many it may become
         * @throws org.imagingutility.api.error.CancelledException if the job is to end
         */
        void read(long bytes, long diskLength) throws ImagingException;
    }

    /** Creates the examination. */
    public DiskExamination(JobPlugins plugins, BackupRequest request, Watch watch) {
        this.plugins = plugins;
        this.request = request;
        this.watch = watch;
    }

    /** Looks at all that decides what is taken, which may be a large part of the disk. */
    public DiskLayout layout() throws ImagingException {
        return layout(request.division());
    }

    /** Looks at table and partitions alone: what it says of space in no partition is not what {@link #layout} says. */
    public DiskLayout layoutAtAGlance() throws ImagingException {
        return layout(new Division(Unpartitioned.ENDS, request.division().sectorSize()));
    }

    private DiskLayout layout(Division division) throws ImagingException {
        bytesRead = 0;
        try (GuardedDevice disk = SourceOpener.guard(SourceDevices.open(plugins, request.device(), plugins.monitor()::notice),
                request.readErrors(), plugins.monitor())) {
            SpaceScan scan = new SpaceScan(plugins, disk, new Throttle(request.source().maxThroughput()), bytes -> {
                bytesRead += bytes;
                watch.read(bytesRead, disk.length());
            });
            return DiskLayout.of(plugins, disk, division, scan);
        }
    }
}
