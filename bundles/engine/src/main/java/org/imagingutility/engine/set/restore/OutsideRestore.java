package org.imagingutility.engine.set.restore;

import java.nio.ByteBuffer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.set.file.CopyBuffers;
import org.imagingutility.engine.set.file.SetProgress;

/** Writes what lies outside the partitions, from the end of the disk to its beginning. For one thread. */
final class OutsideRestore {
    private final SetTarget target;
    private final RestorePlan plan;
    private final SetProgress progress;
    private final ByteBuffer block = CopyBuffers.allocate();
    private final ByteBuffer back = CopyBuffers.allocate();

    OutsideRestore(SetTarget target, RestorePlan plan, SetProgress progress) {
        this.target = target;
        this.plan = plan;
        this.progress = progress;
    }

    void write() throws ImagingException {
        ExtentList ranges = plan.ranges();
        for (int i = ranges.count() - 1; i >= 0; i--) {
            for (long at = ranges.offset(i); at < ranges.end(i); at += block.limit()) {
                progress.checkpoint();
                plan.content().read(at, block.clear().limit((int) Math.min(CopyBuffers.LENGTH, ranges.end(i) - at)));
                block.flip();
                target.writeContent(at, block);
                progress.add(block.limit());
            }
        }
    }

    /** Reads back what was written and compares it; returns how many bytes. */
    long compare() throws ImagingException {
        target.bypassCache(true);
        ExtentList ranges = plan.ranges();
        for (int i = 0; i < ranges.count(); i++) {
            for (long at = ranges.offset(i); at < ranges.end(i); at += block.limit()) {
                progress.checkpoint();
                plan.content().read(at, block.clear().limit((int) Math.min(CopyBuffers.LENGTH, ranges.end(i) - at)));
                target.read(at, back.clear().limit(block.limit()));
                int difference = block.flip().mismatch(back.flip());
                if (difference >= 0) {
                    throw target.differs(at + difference);
                }
            }
        }
        target.bypassCache(false);
        return ranges.totalLength();
    }
}
