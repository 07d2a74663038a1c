package org.imagingutility.fs.exfat;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * An entry of the root directory that says where clusters with data of the file system are (sections 7.1 and 7.2). The
 * numbers are as found.
 *
 * @param name name for messages
 * @param place where the entry stands
 * @param firstCluster first cluster of its chain
 * @param length bytes of its data; a negative number is one of 2<sup>63</sup> and more
 */
public record SystemFile(String name, Place place, long firstCluster, long length) {
    private static final int FIRST_CLUSTER_AT = 20;
    private static final int LENGTH_AT = 24;

    /** Parses the entry at {@code at}. */
    public static SystemFile parse(ByteBuffer bytes, int at, Place place, String name) {
        return new SystemFile(name, new Place(place.device(), place.offset() + at),
                Integer.toUnsignedLong(bytes.getInt(at + FIRST_CLUSTER_AT)), bytes.getLong(at + LENGTH_AT));
    }

    /**
     * Reads which clusters have the data. They must be as many as its length needs.
     *
     * @param min least length in bytes, positive
     * @param max greatest length
     */
    public Chain chain(FatReader fat, BootSector boot, long min, long max) throws ImagingException {
        if (length < min || length > max) {
            throw wrong(LENGTH_AT, " has " + Long.toUnsignedString(length) + " bytes, not " + min + " to " + max);
        }
        if (firstCluster < BootSector.FIRST_CLUSTER || firstCluster >= boot.endCluster()) {
            throw wrong(FIRST_CLUSTER_AT, " begins in cluster " + firstCluster + ", which is not in 2.."
                    + (boot.endCluster() - 1));
        }
        long clusters = (length - 1) / boot.clusterSize() + 1;
        // a chain that ends where it should has no cluster twice: each cluster has one that follows it
        Chain chain = fat.chain(firstCluster, clusters, name);
        if (chain.length() < clusters) {
            throw wrong(LENGTH_AT, " has " + length + " bytes, but its chain of clusters has only " + chain.bytes());
        }
        return chain;
    }

    private FileSystemException wrong(int at, String reason) {
        return place.wrong(at, name + reason);
    }
}
