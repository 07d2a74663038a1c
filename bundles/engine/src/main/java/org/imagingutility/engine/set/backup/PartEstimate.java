package org.imagingutility.engine.set.backup;

import java.util.Optional;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.layout.SourcePart;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.SourceOpener;

/**
 * What a part is expected to take, so that one progress can be told over the whole disk.
 *
 * @param usedBytes bytes that are in use
 * @param known whether an allocator knows the file system
 */
record PartEstimate(long usedBytes, boolean known) {

    /** Looks at a part. What is wrong with it is found again, and told, when it is imaged. */
    static PartEstimate of(Plugins plugins, SourcePart part, BackupRequest request, JobMonitor monitor)
            throws ImagingException {
        if (part.allBlocks()) {
            return new PartEstimate(part.length(), false);
        }
        try (GuardedDevice device = SourceOpener.guard(part.open(plugins), request.readErrors(), monitor)) {
            Optional<ProbeResult> known = ProbeResult.find(plugins, device);
            if (known.isEmpty() || request.source().allBlocks()) {
                return new PartEstimate(part.length(), known.isPresent());
            }
            long used = 0;
            try (ExtentCursor extents = known.get().allocation().extents()) {
                while (extents.next()) {
                    used += extents.length();
                }
            }
            return new PartEstimate(used, true);
        } catch (FileSystemException e) {
            return new PartEstimate(part.length(), false);
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return new PartEstimate(part.length(), false);
        }
    }
}
