package org.imagingutility.engine.probe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;

/**
 * What is in use on a mounted volume, as the operating system says: the clusters it tells, and all that lies before the first and
 * behind the last one. What else there is to know comes from the allocator of the file system, where there is one.
 */
final class SystemAllocation implements Allocation {
    private static final VolumeState FROZEN = new VolumeState(List.of(), AllocationBasis.SYSTEM);
    private static final VolumeState MOUNTED = new VolumeState(List.of(new Finding(VolumeCondition.DIRTY, "is mounted")),
            AllocationBasis.SYSTEM);

    private final VolumeState state;
    private final long deviceLength;
    private final ClustersInUse clusters;
    private final ClusterRuns runs;
    private final FileSystemInfo info;
    private final Optional<Allocation> known;

    private SystemAllocation(Device device, ClustersInUse clusters, ClusterRuns runs, FileSystemInfo info, Optional<Allocation> known) {
        this.state = device.info().kind() == DeviceKind.SNAPSHOT ? FROZEN : MOUNTED;
        this.deviceLength = device.length();
        this.clusters = clusters;
        this.runs = runs;
        this.info = info;
        this.known = known;
    }

    /**
     * Asks the system for all clusters.
     *
     * @param signature what stands on the volume, if anything is known of it
     * @param known what the allocator of the file system says, if it says anything
     */
    static SystemAllocation of(Device device, ClustersInUse clusters, Optional<FileSystemInfo> signature, Optional<Allocation> known)
            throws ImagingException {
        FileSystemInfo info = known.map(Allocation::info).or(() -> signature)
                .orElseGet(() -> new FileSystemInfo(clusters.fileSystem(), "", "", clusters.clusterSize(), clusters.clusterCount()));
        return new SystemAllocation(device, clusters, ClusterRuns.of(device.info().reference(), clusters), info, known);
    }

    /** Says how the system and what stands on the volume contradict each other. */
    static Optional<String> contradiction(ClustersInUse clusters, FileSystemInfo found) {
        String name = clusters.fileSystem().toLowerCase(Locale.ROOT);
        String onVolume = found.fileSystem().toLowerCase(Locale.ROOT);
        if (!name.startsWith(onVolume) && !onVolume.startsWith(name)) {
            return Optional.of("the operating system has it mounted as " + clusters.fileSystem() + ", and " + found.fileSystem()
                    + " stands on it");
        }
        boolean sizesKnown = found.clusterSize() > 0 && found.clusterCount() > 0;
        if (sizesKnown && (found.clusterSize() != clusters.clusterSize() || found.clusterCount() != clusters.clusterCount())) {
            return Optional.of("the operating system counts " + clusters.clusterCount() + " clusters of " + clusters.clusterSize()
                    + " bytes, and what stands on it " + found.clusterCount() + " of " + found.clusterSize());
        }
        return Optional.empty();
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    @Override
    public VolumeState state() {
        return state;
    }

    @Override
    public ExtentCursor extents() {
        return new SystemCursor(runs.pass(), clusters.firstClusterOffset(), clusters.clusterSize(), clusters.clusterCount(), deviceLength);
    }

    @Override
    public List<TouchedFile> filesIn(ExtentList ranges, int limit) throws ImagingException {
        return known.isEmpty() ? List.of() : known.get().filesIn(ranges, limit);
    }

    @Override
    public ExtentList telltale() throws ImagingException {
        return known.isEmpty() ? ExtentList.empty() : known.get().telltale();
    }

    @Override
    public List<TransientFile> transientFiles() throws ImagingException {
        return known.isEmpty() ? List.of() : known.get().transientFiles();
    }
}
