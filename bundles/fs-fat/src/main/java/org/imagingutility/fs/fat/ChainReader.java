package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/** Reads entries of the FATs in any order, holding a piece of each. For one thread. */
public final class ChainReader {
    /** What ends a chain, and what stands for an entry that leads nowhere. */
    public static final long END = -1;
    public static final long NOWHERE = -2;
    /** Entries in a piece; a multiple of two, for FAT12. */
    private static final int PIECE = 2048;

    private final FatReader fats;
    private final Layout layout;
    private final ByteBuffer[] pieces;
    private final long[] firsts;

    /** Creates a reader of {@code fats}, which nobody else uses meanwhile. */
    public ChainReader(FatReader fats, Layout layout) {
        this.fats = fats;
        this.layout = layout;
        this.pieces = new ByteBuffer[fats.count()];
        this.firsts = new long[fats.count()];
    }

    /** Returns the number of FATs. */
    public int fatCount() {
        return fats.count();
    }

    /** Returns the cluster that follows {@code cluster} according to one FAT, {@link #END} or {@link #NOWHERE}. */
    public long next(int fat, long cluster) throws ImagingException {
        try {
            int entry = entry(fat, cluster);
            if (layout.type().isEnd(entry)) {
                return END;
            }
            long next = Integer.toUnsignedLong(entry);
            return next >= FatType.FIRST_CLUSTER && next < layout.entryCount() ? next : NOWHERE;
        } catch (DeviceException unreadable) {
            return NOWHERE;
        }
    }

    private int entry(int fat, long cluster) throws ImagingException {
        long first = cluster / PIECE * PIECE;
        if (pieces[fat] == null || firsts[fat] != first) {
            // a failed read leaves no piece
            pieces[fat] = null;
            pieces[fat] = fats.read(fat, first, (int) Math.min(PIECE, layout.entryCount() - first));
            firsts[fat] = first;
        }
        return layout.type().entry(pieces[fat], (int) (cluster - first));
    }
}
