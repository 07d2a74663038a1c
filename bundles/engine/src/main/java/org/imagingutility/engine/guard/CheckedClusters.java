package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;

/** Guards {@link ClustersInUse}: clusters lie on the device, and those that are told are there. What they are is asked once. */
final class CheckedClusters implements ClustersInUse {
    private final GuardedPlugin plugin;
    private final ClustersInUse clusters;
    private final String fileSystem;
    private final int clusterSize;
    private final long first;
    private final long count;

    private CheckedClusters(GuardedPlugin plugin, ClustersInUse clusters) {
        this.plugin = plugin;
        this.clusters = clusters;
        this.fileSystem = clusters.fileSystem();
        this.clusterSize = clusters.clusterSize();
        this.first = clusters.firstClusterOffset();
        this.count = clusters.clusterCount();
    }

    /** Guards the clusters of a device of {@code deviceLength} bytes. */
    static CheckedClusters of(GuardedPlugin plugin, ClustersInUse clusters, long deviceLength) throws PluginException {
        CheckedClusters checked;
        try {
            checked = new CheckedClusters(plugin, clusters);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ClustersInUse", e);
        }
        boolean named = checked.fileSystem != null && !checked.fileSystem.isEmpty();
        boolean fits = checked.clusterSize > 0 && checked.first >= 0 && checked.first <= deviceLength && checked.count > 0
                && checked.count <= (deviceLength - checked.first) / checked.clusterSize;
        if (!named || !fits) {
            throw plugin.violated("ClustersInUse", "tells of " + checked.count + " clusters of " + checked.clusterSize + " bytes from byte "
                    + checked.first + " on of file system \"" + checked.fileSystem + "\", the device has " + deviceLength + " bytes");
        }
        return checked;
    }

    @Override
    public String fileSystem() {
        return fileSystem;
    }

    @Override
    public int clusterSize() {
        return clusterSize;
    }

    @Override
    public long firstClusterOffset() {
        return first;
    }

    @Override
    public long clusterCount() {
        return count;
    }

    @Override
    public long read(long firstCluster, ByteBuffer target) throws ImagingException {
        int begin = target.position();
        int limit = target.limit();
        long told;
        try {
            told = clusters.read(firstCluster, target);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ClustersInUse.read", e);
        }
        long rest = count - firstCluster;
        long bytes = told / Byte.SIZE + (told % Byte.SIZE == 0 ? 0 : 1);
        boolean whole = told % Byte.SIZE == 0 || told == rest;
        if (told < 1 || told > rest || !whole || target.limit() != limit || target.position() - begin != bytes) {
            throw plugin.violated("ClustersInUse.read", "from cluster " + firstCluster + " of " + count + " on told " + told
                    + " clusters in " + (target.position() - begin) + " bytes of " + (limit - begin));
        }
        return told;
    }
}
