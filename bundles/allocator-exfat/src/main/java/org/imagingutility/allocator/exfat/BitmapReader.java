package org.imagingutility.allocator.exfat;

import org.imagingutility.api.allocator.BitmapBlock;
import org.imagingutility.api.allocator.ClusterFinder;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.Chain;

/** Looks for clusters in the bitmap from its begin to its end, holding one block of it. For one thread. */
final class BitmapReader implements ClusterFinder {
    /** Bytes read at a time: 8 Mi clusters. */
    static final int BLOCK_LENGTH = 1 << 20;

    private final AlignedReader reader;
    private final Chain bitmap;
    private final long endCluster;
    private BitmapBlock block;

    /**
     * Creates a reader.
     *
     * @param reader used by this object alone, as its buffer holds the block
     * @param bitmap has a bit for each cluster
     * @param endCluster number behind the last cluster's
     */
    BitmapReader(AlignedReader reader, Chain bitmap, long endCluster) {
        this.reader = reader;
        this.bitmap = bitmap;
        this.endCluster = endCluster;
    }

    /** Returns the byte of the bitmap that has the bit of {@code cluster}. */
    static long positionOf(long cluster) {
        return (cluster - BootSector.FIRST_CLUSTER) / Byte.SIZE;
    }

    @Override
    public long find(boolean inUse, long from) throws ImagingException {
        long at = from;
        while (at < endCluster) {
            if (block == null || at == block.endCluster()) {
                block = load(at);
            }
            at = block.find(inUse, at);
            if (at < block.endCluster()) {
                return at;
            }
        }
        return at;
    }

    /** A run has whole clusters of 512 bytes or more, so blocks begin with a word of 64 bits and have whole words. */
    private BitmapBlock load(long cluster) throws ImagingException {
        long position = positionOf(cluster);
        long words = (endCluster - cluster - 1) / Long.SIZE + 1;
        long length = Math.min(bitmap.contiguous(position), Math.min(words * Long.BYTES, BLOCK_LENGTH));
        return new BitmapBlock(reader.read(bitmap.deviceOffset(position), (int) length), cluster,
                Math.min(endCluster, cluster + length * Byte.SIZE));
    }
}
