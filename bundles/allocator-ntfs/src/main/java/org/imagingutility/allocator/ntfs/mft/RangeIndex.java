package org.imagingutility.allocator.ntfs.mft;

import org.imagingutility.api.ExtentList;
import org.imagingutility.fs.ntfs.runs.DataStream;

/**
 * Tells how many bytes of a range lie in a list of extents, in logarithmic time however many extents the range covers.
 * Immutable.
 */
public final class RangeIndex {
    private final ExtentList extents;
    /** Bytes of all extents before the one with this index. */
    private final long[] before;

    /** Creates the index; 8 bytes for each extent. */
    public RangeIndex(ExtentList extents) {
        this.extents = extents;
        before = new long[extents.count() + 1];
        for (int i = 0; i < extents.count(); i++) {
            before[i + 1] = before[i] + extents.length(i);
        }
    }

    /** Returns how many bytes of {@code [from, to)} lie in the extents; 0 if the range is empty. */
    public long overlap(long from, long to) {
        return from >= to ? 0 : bytesBefore(to) - bytesBefore(from);
    }

    /** Returns how many bytes of {@code length} from {@code position} of a stream on lie in the extents. */
    public long overlap(DataStream stream, long position, long length) {
        long found = 0;
        for (long done = 0; done < length;) {
            long part = Math.min(length - done, stream.contiguous(position + done));
            long offset = stream.deviceOffset(position + done);
            found += overlap(offset, offset + part);
            done += part;
        }
        return found;
    }

    /** Returns the end of the extent that has the byte at {@code offset}, or {@code offset} if none has. */
    public long endOfExtentAt(long offset) {
        int index = extents.firstEndingAfter(offset);
        return index < extents.count() && extents.offset(index) <= offset ? extents.end(index) : offset;
    }

    private long bytesBefore(long position) {
        int index = extents.firstEndingAfter(position);
        long partly = index == extents.count() ? 0 : Math.max(0, position - extents.offset(index));
        return before[index] + partly;
    }
}
