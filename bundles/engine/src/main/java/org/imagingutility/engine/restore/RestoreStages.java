package org.imagingutility.engine.restore;

import java.nio.ByteBuffer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.DecodingStages;
import org.imagingutility.engine.read.StoredFrames;
import org.imagingutility.engine.targets.FreeRanges;
import org.imagingutility.engine.targets.SparseWriter;

/** From the image to a device: what was in use is written; the rest is the business of {@link FreeRanges}. */
final class RestoreStages extends DecodingStages {
    private final long from;
    private final long to;
    private WritableDevice target;
    private final FreeRanges free;
    private final ProgressReporter progress;
    private final SparseWriter holes = new SparseWriter();
    private long bytesWritten;

    /** Creates the stages that write {@code part} to {@code target}, its first byte to the first one there. */
    RestoreStages(Plugins plugins, ImagePart part, ImageReader reader, WritableDevice target, FreeRanges free,
            ProgressReporter progress) {
        super(plugins, part.image(), reader, new StoredFrames(reader, part.offset(), part.end(reader.info().spec())));
        this.from = part.offset();
        this.to = part.end(reader.info().spec());
        this.target = target;
        this.free = free;
        this.progress = progress;
    }

    /** Resumes the same image and target, opened again. */
    void reopened(ImageReader again, WritableDevice sameTarget) {
        reopened(again);
        target = sameTarget;
        free.reopened(sameTarget);
    }

    @Override
    protected void deliver(Frame<StoredFrame, Boolean> frame) throws ImagingException {
        if (!target.fresh() || frame.task().entry().frame().kind() != FrameKind.ZERO) {
            bytesWritten += writeInUse(frame.task(), frame);
        }
        progress.done(Math.min(to, frame.task().end()) - Math.max(from, frame.task().offset()));
    }

    private long writeInUse(StoredFrame task, Frame<StoredFrame, Boolean> frame) throws ImagingException {
        ExtentList extents = task.table().extents();
        long first = Math.max(from, task.offset());
        long last = Math.min(to, task.end());
        long bytes = 0;
        for (int i = extents.firstEndingAfter(first); i < extents.count() && extents.offset(i) < last; i++) {
            long begin = Math.max(extents.offset(i), first);
            long end = Math.min(extents.end(i), last);
            free.upTo(begin - from);
            frame.content().limit((int) (end - task.offset())).position((int) (begin - task.offset()));
            bytes += write(begin - from, frame.content());
            free.taken(end - from);
        }
        return bytes;
    }

    private long write(long offset, ByteBuffer content) throws ImagingException {
        if (target.fresh()) {
            return holes.write(offset, content, target::write);
        }
        int bytes = content.remaining();
        target.write(offset, content);
        return bytes;
    }

    /** Does what is left up to the end; called when all frames are written. */
    void finish() throws ImagingException {
        free.upTo(to - from);
    }

    long bytesWritten() {
        return bytesWritten + free.bytesWritten();
    }
}
