package org.imagingutility.tck.allocator;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.check.Expect;

/** Makes a pass over an allocation and checks what {@link ExtentCursor} promises. */
final class CursorCheck {
    private CursorCheck() {
    }

    static ExtentList extents(Allocation allocation, long deviceLength) throws ImagingException {
        ExtentList.Builder builder = new ExtentList.Builder();
        long end = -1;
        try (ExtentCursor cursor = allocation.extents()) {
            while (cursor.next()) {
                long offset = cursor.offset();
                long length = cursor.length();
                Expect.that(offset >= 0 && length > 0 && length <= deviceLength && offset <= deviceLength - length,
                        "extent %d+%d is not within the device of %d bytes", offset, length, deviceLength);
                Expect.that(offset > end, "extent %d+%d begins before, or just where, the last one ends (%d)", offset,
                        length, end);
                Expect.equal(offset, cursor.offset(), "offset of an extent, asked for again");
                Expect.equal(length, cursor.length(), "length of an extent, asked for again");
                builder.add(offset, length);
                end = offset + length;
            }
            Expect.that(!cursor.next(), "the cursor continues after its end");
        }
        return builder.build();
    }
}
