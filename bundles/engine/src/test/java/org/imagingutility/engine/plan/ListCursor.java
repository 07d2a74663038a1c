package org.imagingutility.engine.plan;

import java.util.List;
import org.imagingutility.api.Extent;
import org.imagingutility.api.allocator.ExtentCursor;

/** A pass over given extents. */
final class ListCursor implements ExtentCursor {
    private final List<Extent> extents;
    private int next;

    ListCursor(List<Extent> extents) {
        this.extents = extents;
    }

    @Override
    public boolean next() {
        if (next > extents.size() - 1) {
            next = extents.size() + 1;
            return false;
        }
        next++;
        return true;
    }

    @Override
    public long offset() {
        return extents.get(next - 1).offset();
    }

    @Override
    public long length() {
        return extents.get(next - 1).length();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
