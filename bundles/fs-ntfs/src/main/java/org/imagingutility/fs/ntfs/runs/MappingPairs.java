package org.imagingutility.fs.ntfs.runs;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * Goes through the mapping pairs of one piece of an attribute: for each run a byte with the sizes of two signed numbers
 * (low four bits: run length; high four bits: LCN, relative to the run before; size 0: a hole), then these numbers; a
 * zero byte ends them. Only the encoding is checked: numbers may lie outside the volume. For one thread.
 */
public final class MappingPairs {
    private final Attribute.NonResident piece;
    private final String what;
    private final ByteBuffer pairs;
    /** The current run, and what follows it. */
    private int at;
    private int end;
    private long lcn;
    private long length;
    private boolean hole;

    /** Begins before the first run of {@code piece}; {@code what} names the data for messages. */
    public MappingPairs(Attribute.NonResident piece, String what) {
        this.piece = piece;
        this.what = what;
        this.pairs = piece.runs();
    }

    /** Moves to the next run; returns false at the end mark. */
    public boolean next() throws FileSystemException {
        at = end;
        if (at == pairs.limit()) {
            throw piece.place().wrong(piece.runsAt() + (long) at - 1, "the run list of " + what + " has no end mark");
        }
        if (pairs.get(at) == 0) {
            return false;
        }
        int lengthSize = pairs.get(at) & 0xF;
        int lcnSize = pairs.get(at) >> 4 & 0xF;
        if (lengthSize < 1 || lengthSize > 8 || lcnSize > 8 || 1 + lengthSize + lcnSize > pairs.limit() - at) {
            throw place().wrong(0, String.format("a run of %s has the head 0x%02X with %d bytes left", what,
                    pairs.get(at), pairs.limit() - at - 1));
        }
        length = signed(at + 1, lengthSize);
        hole = lcnSize == 0;
        if (!hole) {
            // an overflow gives a negative number, which is refused as any other
            lcn += signed(at + 1 + lengthSize, lcnSize);
        }
        end = at + 1 + lengthSize + lcnSize;
        return true;
    }

    /** Says whether the run has no clusters on the volume and reads as zeros. */
    public boolean isHole() {
        return hole;
    }

    /** Returns the first cluster on the volume, unchecked; has no meaning for a hole. */
    public long lcn() {
        return lcn;
    }

    /** Returns the number of clusters, unchecked. */
    public long length() {
        return length;
    }

    /** Returns where the current run stands. */
    public Place place() {
        return piece.place().from(piece.runsAt() + (long) at);
    }

    private long signed(int from, int size) {
        long value = pairs.get(from + size - 1);
        for (int i = size - 2; i >= 0; i--) {
            value = value << 8 | Byte.toUnsignedLong(pairs.get(from + i));
        }
        return value;
    }
}
