package org.imagingutility.engine.restore;

import java.nio.ByteBuffer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.DecodingStages;
import org.imagingutility.engine.read.StoredFrames;
import org.imagingutility.engine.targets.FreeRanges;
import org.imagingutility.engine.targets.SparseWriter;

/** From the image to a device: what was in use is written; the rest is the business of {@link FreeRanges}. */
final class RestoreStages extends DecodingStages {
    private WritableDevice target;
    private final FreeRanges free;
    private final ProgressReporter progress;
    private final SparseWriter holes = new SparseWriter();
    private long bytesWritten;

    RestoreStages(Plugins plugins, String image, ImageReader reader, WritableDevice target, FreeRanges free,
            ProgressReporter progress) {
        super(plugins, image, reader, new StoredFrames(reader, 0, reader.info().spec().deviceLength()));
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
        progress.done(frame.task().contentLength());
    }

    private long writeInUse(StoredFrame task, Frame<StoredFrame, Boolean> frame) throws ImagingException {
        ExtentList extents = task.table().extents();
        long bytes = 0;
        for (int i = extents.firstEndingAfter(task.offset()); i < extents.count() && extents.offset(i) < task.end(); i++) {
            long from = Math.max(extents.offset(i), task.offset());
            long to = Math.min(extents.end(i), task.end());
            free.upTo(from);
            frame.content().limit((int) (to - task.offset())).position((int) (from - task.offset()));
            bytes += write(from, frame.content());
            free.taken(to);
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

    /** Does what is left up to {@code deviceLength}; called when all frames are written. */
    void finish(long deviceLength) throws ImagingException {
        free.upTo(deviceLength);
    }

    long bytesWritten() {
        return bytesWritten + free.bytesWritten();
    }
}
