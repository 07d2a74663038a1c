package org.imagingutility.engine.retry;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.frames.Sha256;
import org.imagingutility.engine.plan.FrameTask;
import org.imagingutility.engine.plan.Throttle;
import org.imagingutility.engine.plan.WindowReader;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.source.GuardedDevice;

/** Finds out whether a device is still the one an image was made of, with the same content. For one thread. */
final class SourceComparison {
    /** Frames that are read again and compared, spread over the image. */
    private static final int SAMPLES = 16;
    private static final String REMEDY = "give the device this image was made of, unchanged, or make a new image";

    private final GuardedDevice device;
    private final ImageReader image;
    private final String imageReference;
    private final JobMonitor monitor;

    SourceComparison(GuardedDevice device, ImageReader image, String imageReference, JobMonitor monitor) {
        this.device = device;
        this.image = image;
        this.imageReference = imageReference;
        this.monitor = monitor;
    }

    /** Fails if the device is another one, or its content changed. */
    void check(Optional<FileSystemInfo> fileSystem, ByteBuffer buffer) throws ImagingException {
        ImageSpec spec = image.info().spec();
        long length = spec.metadata().number("device.fullLength").orElse(spec.deviceLength());
        same("length", length, device.length());
        same("sector size", spec.sectorSize(), device.sectorSize());
        Optional<String> serial = spec.metadata().text("fileSystem.serial");
        boolean known = serial.isPresent() && fileSystem.isPresent();
        if (known) {
            same("file system serial number", serial.get(), fileSystem.get().serial());
        }
        if (compareSamples(buffer) == 0 && !known) {
            throw new UsageException("nothing shows that device \"" + device.info().reference() + "\" is the one image \""
                    + imageReference + "\" was made of: no frame of it can be read and compared", "make a new image");
        }
    }

    private void same(String what, Object recorded, Object found) throws UsageException {
        if (!recorded.equals(found)) {
            throw different("its " + what + " is " + found + ", image \"" + imageReference + "\" has " + recorded);
        }
    }

    private UsageException different(String reason) {
        return new UsageException("device \"" + device.info().reference() + "\" is not what it was: " + reason, REMEDY);
    }

    private int compareSamples(ByteBuffer buffer) throws ImagingException {
        WindowReader reader = new WindowReader(device, true, new Throttle(0), image.info().spec().frameSize());
        Sha256 sha256 = new Sha256();
        Set<Long> seen = new HashSet<>();
        int compared = 0;
        for (int i = 0; i < SAMPLES && image.chunkCount() > 0; i++) {
            double place = (double) i / SAMPLES * image.chunkCount();
            ChunkTable table = image.table((int) place);
            Optional<FrameInfo> sample = sample(table.frames(), place - (int) place, seen);
            if (sample.isEmpty()) {
                continue;
            }
            ProgressReporter.stopIfCancelled(monitor, "comparing");
            FrameTask task = task(table, sample.get());
            if (reader.read(task, buffer.clear()).count() > 0) {
                continue;
            }
            compared++;
            if (!sha256.of(buffer).equals(sample.get().contentDigest())) {
                throw different("the content of bytes " + task.offset() + " to " + (task.end() - 1)
                        + " differs from image \"" + imageReference + "\"");
            }
        }
        return compared;
    }

    /** Returns a frame that was read without error, if possible one with data, from {@code share} of the list on. */
    private static Optional<FrameInfo> sample(List<FrameEntry> frames, double share, Set<Long> seen) {
        int begin = (int) (share * frames.size());
        Optional<FrameInfo> found = Optional.empty();
        for (FrameEntry entry : frames.subList(begin, frames.size())) {
            FrameInfo frame = entry.frame();
            if (frame.unreadable().count() == 0 && !seen.contains(frame.frameIndex())) {
                found = found.isEmpty() || frame.kind() == FrameKind.DATA ? Optional.of(frame) : found;
                if (frame.kind() == FrameKind.DATA) {
                    break;
                }
            }
        }
        found.ifPresent(frame -> seen.add(frame.frameIndex()));
        return found;
    }

    private FrameTask task(ChunkTable table, FrameInfo frame) {
        ExtentList extents = table.extents();
        long offset = frame.frameIndex() * image.info().spec().frameSize();
        ChunkPlan plan = new ChunkPlan(table.chunk().deviceOffset(), table.chunk().deviceLength(), extents);
        return new FrameTask(plan, frame.frameIndex(), offset, frame.contentLength(), extents.firstEndingAfter(offset));
    }
}
