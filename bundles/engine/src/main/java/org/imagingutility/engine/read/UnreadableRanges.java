package org.imagingutility.engine.read;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;

/** What an image says could not be read. */
public final class UnreadableRanges {
    private UnreadableRanges() {
    }

    /** Returns the first {@code limit} ranges. Reads the tables of the chunks that have some. */
    public static ExtentList of(ImageReader reader, int limit) throws ImagingException {
        ExtentList.Builder ranges = new ExtentList.Builder();
        for (int chunk = 0; chunk < reader.chunkCount(); chunk++) {
            if (reader.chunk(chunk).unreadableBytes() > 0) {
                for (FrameEntry entry : reader.table(chunk).frames()) {
                    ExtentList unreadable = entry.frame().unreadable();
                    for (int i = 0; i < unreadable.count() && ranges.count() < limit; i++) {
                        ranges.add(unreadable.offset(i), unreadable.length(i));
                    }
                }
            }
        }
        return ranges.build();
    }
}
