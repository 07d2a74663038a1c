package org.imagingutility.engine.restore;

import java.nio.ByteBuffer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.DecodingStages;
import org.imagingutility.engine.read.StoredFrames;

/** Reads a restored device back and compares what was in use with the image. */
final class CompareStages extends DecodingStages {
    private static final int BLOCK = 1 << 20;

    private final long begin;
    private final long end;
    private Device restored;
    private final ProgressReporter progress;
    private final ByteBuffer found = ByteBuffer.allocateDirect(BLOCK + 4096).alignedSlice(4096);
    private long bytesCompared;

    /** Creates the stages that compare {@code part} with what stands from the first byte of {@code restored} on. */
    CompareStages(Plugins plugins, ImagePart part, ImageReader reader, Device restored, ProgressReporter progress) {
        super(plugins, part.image(), reader, new StoredFrames(reader, part.offset(), part.end(reader.info().spec())));
        this.begin = part.offset();
        this.end = part.end(reader.info().spec());
        this.restored = restored;
        this.progress = progress;
    }

    /** Resumes the same image and device, opened again. */
    void reopened(ImageReader again, Device sameDevice) {
        reopened(again);
        restored = sameDevice;
    }

    @Override
    protected void deliver(Frame<StoredFrame, Boolean> frame) throws ImagingException {
        StoredFrame task = frame.task();
        long first = Math.max(begin, task.offset());
        long last = Math.min(end, task.end());
        long bytes = 0;
        ExtentList extents = task.table().extents();
        for (int i = extents.firstEndingAfter(first); i < extents.count() && extents.offset(i) < last; i++) {
            long to = Math.min(extents.end(i), last);
            for (long from = Math.max(extents.offset(i), first); from < to; ) {
                int block = (int) Math.min(BLOCK, to - from);
                frame.content().clear().position((int) (from - task.offset()))
                        .limit((int) (from - task.offset()) + block);
                compare(from - begin, frame.content());
                from += block;
                bytes += block;
            }
        }
        bytesCompared += bytes;
        progress.done(last - first);
    }

    long bytesCompared() {
        return bytesCompared;
    }

    private void compare(long offset, ByteBuffer expected) throws ImagingException {
        restored.read(offset, found.clear().limit(expected.remaining()));
        int difference = expected.mismatch(found.flip());
        if (difference >= 0) {
            throw new DeviceException(restored.info().reference(), offset + difference,
                    String.format("reads back as %02x, %02x was written", found.get(difference),
                            expected.get(expected.position() + difference)),
                    "the target does not keep what is written to it: check or replace it", null);
        }
    }
}
