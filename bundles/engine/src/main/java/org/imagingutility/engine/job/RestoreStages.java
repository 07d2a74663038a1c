package org.imagingutility.engine.job;

import java.nio.ByteBuffer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.plugin.Plugins;

/** From the image to a device: what was in use is written, the rest is left alone or written as zeros. */
final class RestoreStages extends DecodingStages {
    private static final int ZERO_BLOCK = 1 << 20;

    private WritableDevice target;
    private final boolean zeroFree;
    private final JobPulse pulse;
    private final ByteBuffer zeros;
    private long zeroedTo;
    private long bytesWritten;

    RestoreStages(Plugins plugins, String image, ImageReader reader, WritableDevice target, boolean zeroFree,
            JobPulse pulse) {
        super(plugins, image, reader, new StoredFrames(reader, 0, reader.info().spec().deviceLength()));
        this.target = target;
        // in a file that was just made, what is not written is zero already
        this.zeroFree = zeroFree && !target.fresh();
        this.pulse = pulse;
        this.zeros = this.zeroFree ? ByteBuffer.allocateDirect(ZERO_BLOCK + 4096).alignedSlice(4096) : null;
    }

    /** Goes on with the same image and target, opened again. */
    void reopened(ImageReader again, WritableDevice sameTarget) {
        reopened(again);
        target = sameTarget;
    }

    @Override
    void deliver(Frame<StoredTask, Boolean> frame) throws ImagingException {
        if (!target.fresh() || frame.task().entry().frame().kind() != FrameKind.ZERO) {
            bytesWritten += writeInUse(frame.task(), frame);
        }
        pulse.done(frame.task().contentLength());
    }

    private long writeInUse(StoredTask task, Frame<StoredTask, Boolean> frame) throws ImagingException {
        ExtentList extents = task.table().extents();
        long bytes = 0;
        for (int i = extents.firstEndingAfter(task.offset()); i < extents.count() && extents.offset(i) < task.end(); i++) {
            long from = Math.max(extents.offset(i), task.offset());
            long to = Math.min(extents.end(i), task.end());
            zeroUpTo(from);
            frame.content().limit((int) (to - task.offset())).position((int) (from - task.offset()));
            target.write(from, frame.content());
            bytes += to - from;
            zeroedTo = to;
        }
        return bytes;
    }

    /** Writes zeros up to {@code deviceLength}, if they are wanted; called when all frames are written. */
    void finish(long deviceLength) throws ImagingException {
        zeroUpTo(deviceLength);
    }

    long bytesWritten() {
        return bytesWritten;
    }

    private void zeroUpTo(long offset) throws ImagingException {
        while (zeroFree && zeroedTo < offset) {
            int bytes = (int) Math.min(ZERO_BLOCK, offset - zeroedTo);
            target.write(zeroedTo, zeros.clear().limit(bytes));
            zeroedTo += bytes;
            bytesWritten += bytes;
        }
    }
}
