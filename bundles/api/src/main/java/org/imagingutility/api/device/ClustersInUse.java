package org.imagingutility.api.device;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Which clusters of a volume are in use, as the operating system says that has it mounted. It knows better than what is on the volume:
 * bitmaps and tables there lag behind. What lies before the first cluster and behind the last one it says nothing of. Lasts as long
 * as its device is open; used by several threads at once.
 */
@ConsumerType
public interface ClustersInUse {

    /** Returns the name that the operating system has for the file system: {@code NTFS}, {@code FAT32}; not empty. */
    String fileSystem();

    /** Returns the bytes of a cluster, positive. */
    int clusterSize();

    /** Returns where cluster 0 begins, a byte offset on the device, not negative. */
    long firstClusterOffset();

    /** Returns how many clusters there are, positive; all of them lie on the device. */
    long clusterCount();

    /**
     * Tells which of the clusters from {@code firstCluster} on are in use: bit {@code n % 8}, lowest first, of the target's byte
     * {@code n / 8} from its position on is set if cluster {@code firstCluster + n} is.
     *
     * @param firstCluster a multiple of 8 from 0 on, less than the number of clusters
     * @param target takes as many bytes as were told, and its position moves behind them; of the last byte only the bits of
     *        clusters that there are count
     * @return how many clusters were told, at least one; less than there is room for as well, and then a multiple of 8 unless they are
     *         the last ones
     * @throws org.imagingutility.api.error.DeviceException if the operating system does not tell
     */
    long read(long firstCluster, ByteBuffer target) throws ImagingException;
}
