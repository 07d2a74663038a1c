package org.imagingutility.engine.repository.image;

import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.engine.repository.layout.Manifest;
import org.imagingutility.engine.repository.layout.Table;

/** Compares a table with what the manifest says of it, and its frames with its extents. */
final class TableCheck {
    private TableCheck() {
    }

    /** Returns what does not hold, if something does not. */
    static Optional<String> fault(ImageSpec spec, Manifest.Chunk chunk, Table table) {
        ExtentList extents = table.extents();
        long stored = 0;
        long unreadable = 0;
        for (FrameInfo frame : table.frames()) {
            stored += frame.storedLength();
            unreadable += frame.unreadable().totalLength();
        }
        if (table.offset() != chunk.offset() || table.length() != chunk.length() || table.frames().size() != chunk.frames()
                || extents.totalLength() != chunk.used() || stored != chunk.stored() || unreadable != chunk.unreadable()) {
            return Optional.of("is not what the manifest says of it");
        }
        if (extents.offset(0) < chunk.offset() || extents.end(extents.count() - 1) > chunk.offset() + chunk.length()) {
            return Optional.of("has extents outside its chunk");
        }
        return frames(spec, table);
    }

    private static Optional<String> frames(ImageSpec spec, Table table) {
        int next = 0;
        long lastWindow = -1;
        for (int i = 0; i < table.extents().count(); i++) {
            long last = (table.extents().end(i) - 1) / spec.frameSize();
            for (long window = Math.max(lastWindow + 1, table.extents().offset(i) / spec.frameSize()); window <= last; window++) {
                if (next == table.frames().size()) {
                    return Optional.of("has no frame for window " + window);
                }
                FrameInfo frame = table.frames().get(next++);
                if (frame.frameIndex() != window || frame.contentLength() != spec.contentLength(window) || !unreadableWithin(spec, frame, table)) {
                    return Optional.of("frame " + frame.frameIndex() + " is none of window " + window);
                }
            }
            lastWindow = last;
        }
        return next == table.frames().size() ? Optional.empty() : Optional.of("has a frame without an extent");
    }

    /** Unreadable ranges lie in extents of the frame's window. */
    private static boolean unreadableWithin(ImageSpec spec, FrameInfo frame, Table table) {
        if (frame.unreadable().count() == 0) {
            return true;
        }
        ExtentList within = table.extents().within(frame.frameIndex() * spec.frameSize(), frame.contentLength());
        for (int i = 0; i < frame.unreadable().count(); i++) {
            Extent range = new Extent(frame.unreadable().offset(i), frame.unreadable().length(i));
            if (within.within(range.offset(), range.length()).totalLength() != range.length()) {
                return false;
            }
        }
        return true;
    }
}
