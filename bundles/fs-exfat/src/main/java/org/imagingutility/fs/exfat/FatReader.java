package org.imagingutility.fs.exfat;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/** Follows chains of clusters through the active FAT (section 4.1), holding a piece of it. For one thread. */
public final class FatReader {
    private static final long END = 0xFFFF_FFFFL;
    private static final int PIECE = 4096;

    private final AlignedReader reader;
    private final BootSector boot;
    private final long fatOffset;
    private final Place begin;
    private long pieceOffset = -1;
    private ByteBuffer piece;

    /**
     * Creates a reader.
     *
     * @param reader used by this object alone, as its buffer holds the piece
     * @param fat number of the active FAT
     */
    public FatReader(AlignedReader reader, BootSector boot, int fat) {
        this(reader, boot, fat, new Place(reader.deviceName(), 0));
    }

    /** Creates a reader whose errors are those of {@code begin}, the begin of the device. */
    public FatReader(AlignedReader reader, BootSector boot, int fat, Place begin) {
        this.begin = begin;
        this.reader = reader;
        this.boot = boot;
        this.fatOffset = boot.fatOffset() + fat * boot.fatLength();
    }

    /**
     * Reads a chain up to its end.
     *
     * @param first first cluster, which lies on the volume
     * @param limit most clusters the chain may have; it is what ends a chain that runs in a circle
     * @param what names the chain for messages
     */
    public Chain chain(long first, long limit, String what) throws ImagingException {
        Chain chain = new Chain(boot);
        long cluster = first;
        while (true) {
            chain.add(cluster);
            long next = next(cluster, what);
            if (next < 0) {
                return chain;
            }
            if (chain.length() == limit) {
                throw wrong(cluster, "the chain of " + what + " does not end after " + limit + " clusters");
            }
            cluster = next;
        }
    }

    /**
     * Returns the cluster that follows {@code cluster} in its chain, or -1 if it is the last.
     *
     * @throws FileSystemException if the entry is neither
     */
    public long next(long cluster, String what) throws ImagingException {
        long next = entry(cluster);
        if (next == END) {
            return -1;
        }
        if (next < BootSector.FIRST_CLUSTER || next >= boot.endCluster()) {
            throw wrong(cluster, String.format("the chain of %s continues from cluster %d with %08X, which is no"
                    + " cluster and not the end", what, cluster, next));
        }
        return next;
    }

    /** Says whether the cluster that follows {@code cluster} in its chain is its neighbour on the volume. */
    public boolean leadsToNeighbour(long cluster) throws ImagingException {
        return entry(cluster) == cluster + 1;
    }

    private FileSystemException wrong(long cluster, String reason) {
        return begin.at(fatOffset).wrong(cluster * Integer.BYTES, reason);
    }

    private long entry(long cluster) throws ImagingException {
        long at = cluster * Integer.BYTES;
        long wanted = at / PIECE * PIECE;
        if (wanted != pieceOffset) {
            // a failed read leaves no piece
            pieceOffset = -1;
            piece = reader.read(fatOffset + wanted, (int) Math.min(PIECE, boot.fatLength() - wanted));
            pieceOffset = wanted;
        }
        return Integer.toUnsignedLong(piece.getInt((int) (at - wanted)));
    }
}
