package org.imagingutility.engine;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.ClustersInUse;

/**
 * Clusters of a file system that only an operating system knows: every third is in use.
 *
 * @param fileSystem its name
 * @param clusterSize bytes
 * @param firstClusterOffset bytes
 * @param clusterCount how many there are
 */
public record ClustersInUseOf(String fileSystem, int clusterSize, long firstClusterOffset, long clusterCount) implements ClustersInUse {

    @Override
    public long read(long firstCluster, ByteBuffer target) {
        long told = Math.min(clusterCount - firstCluster, target.remaining() * 8L);
        for (long at = 0; at < told; at += 8) {
            int bits = 0;
            for (int bit = 0; bit < 8; bit++) {
                bits |= (firstCluster + at + bit) % 3 == 0 ? 1 << bit : 0;
            }
            target.put((byte) bits);
        }
        return told;
    }
}
