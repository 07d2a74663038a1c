package org.imagingutility.engine.retry;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ReadErrors;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.engine.frames.FrameBuffers;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.layout.DividedDisk;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.AffectedFiles;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.LeftOut;
import org.imagingutility.engine.source.SourceOpener;
import org.imagingutility.engine.targets.SelfOverwriteCheck;
import org.imagingutility.engine.write.UnreadableLog;

/**
 * Reads what a finished image has recorded as unreadable once more. What can be read now is put into a new image, which
 * takes the place of the old one when it is complete; until then, and if nothing could be read, the old one stays as it is.
 */
public final class RetryBadJob {
    private final Plugins plugins;
    private final ImageRequest request;
    private final JobMonitor monitor;
    private final long startNanos = System.nanoTime();

    /** Creates the job; {@link #run} runs it once. */
    public RetryBadJob(Plugins plugins, ImageRequest request, JobMonitor monitor) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = monitor;
    }

    /**
     * Runs the job on the finished image under the request's target. Only device, target, write-through and what is said of
     * read errors matter of the request; that ranges are recorded goes without saying.
     */
    public ImageResult run() throws ImagingException {
        SelfOverwriteCheck.refuse(request.device(), request.target());
        RewrittenImage made = null;
        try (GuardedDevice device = SourceOpener.open(plugins, recording(), monitor)) {
            ImageResult result;
            try (OpenImage old = OpenImage.open(plugins, request.target())) {
                ImageInfo info = old.reader().info();
                if (info.unreadableBytes() == 0) {
                    return result(info, info.statistics(), 0, ExtentList.empty(), List.of(), true, new TreeMap<>(), 0);
                }
                FrameBuffers buffers = new FrameBuffers(plugins, info.spec().frameSize(), info.spec().codecWireId(),
                        request.target());
                Optional<ProbeResult> probed = recognise(device, info);
                if (probed.isPresent() && LeftOut.isIn(info.spec().metadata())) {
                    device.leaveOut(probed.get().leftOut());
                }
                new SourceComparison(device, old.reader(), request.target(), monitor).check(
                        probed.map(found -> found.allocation().info()), buffers.content());
                Pass pass = new Pass(device, old.reader(), buffers);
                try {
                    pass.run();
                } finally {
                    made = pass.made;
                }
                result = finished(pass, old.reader(), probed);
            }
            if (made != null) {
                made.publish();
            }
            return result;
        } finally {
            if (made != null) {
                made.close();
            }
        }
    }

    private ImageRequest recording() {
        ReadErrors asked = request.readErrors();
        return new ImageRequest(request.device(), request.target(), request.output(), request.source(),
                new ReadErrors(true, asked.retries(), asked.timeout(), asked.badMap(), asked.retryRecorded()),
                request.layout(), request.pipeline(), request.linearHashes(), request.labels());
    }

    /** A failing disk may not show its file system any more; then its content alone tells whether it is the same. */
    private Optional<ProbeResult> recognise(GuardedDevice device, ImageInfo info) throws ImagingException {
        try {
            return DividedDisk.known(plugins, device);
        } catch (DeviceException | FileSystemException e) {
            if (e instanceof DeviceException lost && lost.isDeviceChanged()) {
                throw e;
            }
            if (info.spec().metadata().text("fileSystem.serial").isPresent()) {
                monitor.notice("the file system cannot be recognised any more (" + e.getMessage()
                        + "): the device is compared by its content alone");
            }
            return Optional.empty();
        }
    }

    private ImageResult finished(Pass pass, ImageReader old, Optional<ProbeResult> probed) throws ImagingException {
        ExtentList left = pass.left.ranges();
        if (pass.made == null) {
            monitor.notice("nothing of what \"" + request.target() + "\" lacks can be read now: the image stays as it is");
            return result(old.info(), old.info().statistics(), pass.retry.bytesRead(), left, touched(probed, left), false,
                    new TreeMap<>(), pass.frames);
        }
        RewrittenImage.Finished finished = pass.made.finish();
        return result(finished.info(), finished.info().statistics(), pass.retry.bytesRead(), left, touched(probed, left),
                false, finished.linearHashes(), pass.frames);
    }

    private List<TouchedFile> touched(Optional<ProbeResult> probed, ExtentList left) throws ImagingException {
        return probed.isPresent() ? AffectedFiles.of(probed.get(), left, monitor) : List.of();
    }

    private ImageResult result(ImageInfo info, Metadata statistics, long bytesRead, ExtentList unreadable,
            List<TouchedFile> touched, boolean alreadyComplete,
            SortedMap<String, Digest> hashes, long frames) {
        Metadata device = info.spec().metadata();
        FileSystemInfo fileSystem = new FileSystemInfo(device.text("fileSystem.name").orElse(""),
                device.text("fileSystem.label").orElse(""), device.text("fileSystem.serial").orElse(""),
                device.number("fileSystem.clusterSize").orElse(0L), device.number("fileSystem.clusterCount").orElse(0L));
        JobStatistics job = new JobStatistics(Duration.ofNanos(System.nanoTime() - startNanos), frames, 1, Optional.empty(), 0);
        return new ImageResult(info, statistics.text("allocator").orElse(""), fileSystem, bytesRead, unreadable, touched,
                Optional.empty(), alreadyComplete, hashes, Optional.empty(), job);
    }

    /** One pass over the image. Begins the new image at the first frame of which something could be read. */
    private final class Pass {
        private final ImageReader old;
        private final FrameBuffers buffers;
        private final FrameRetry retry;
        private final FrameDecoder decoder = new FrameDecoder(plugins, request.target());
        private final UnreadableLog left = new UnreadableLog(JobMonitor.NONE, request.device());
        private final ProgressReporter progress;
        private RewrittenImage made;
        private long frames;

        Pass(GuardedDevice device, ImageReader old, FrameBuffers buffers) {
            this.old = old;
            this.buffers = buffers;
            this.retry = new FrameRetry(device, FrameBuffers.aligned(old.info().spec().frameSize()));
            this.progress = new ProgressReporter(monitor, "Retrying", request.device(), old.info().unreadableBytes());
        }

        void run() throws ImagingException {
            try (decoder) {
                for (int chunk = 0; chunk < old.chunkCount(); chunk++) {
                    if (made == null && old.chunk(chunk).unreadableBytes() == 0) {
                        continue;
                    }
                    ChunkTable table = old.table(chunk);
                    if (made != null) {
                        made.beginChunk(table);
                    }
                    for (int frame = 0; frame < table.frames().size(); frame++) {
                        frame(table, frame);
                    }
                    if (made != null) {
                        made.endChunk();
                    }
                }
            }
            progress.end();
        }

        private void frame(ChunkTable table, int index) throws ImagingException {
            StoredFrame task = task(table, index);
            ExtentList missing = task.entry().frame().unreadable();
            beat();
            if (missing.count() == 0) {
                copy(task);
                return;
            }
            frames++;
            ByteBuffer stored = buffers.readStored(old, task, request.target());
            decoder.decode(task, stored, buffers.content());
            ExtentList still = retry.read(missing, task.offset(), buffers.content());
            left.add(still);
            progress.done(missing.totalLength());
            if (still.equals(missing)) {
                copy(task);
                return;
            }
            if (made == null) {
                ByteBuffer found = ByteBuffer.allocate(task.contentLength()).put(buffers.content().duplicate()).flip();
                begin(table, index);
                buffers.content().clear().put(found).flip();
            }
            made.write(task, still);
        }

        /** Begins the new image with all frames before the given one. */
        private void begin(ChunkTable table, int index) throws ImagingException {
            made = new RewrittenImage(plugins, request.target(), old, buffers, request.output().writeThrough());
            for (int chunk = 0; chunk < table.chunk().chunkIndex(); chunk++) {
                ChunkTable before = old.table(chunk);
                made.beginChunk(before);
                for (int frame = 0; frame < before.frames().size(); frame++) {
                    beat();
                    made.copy(task(before, frame));
                }
                made.endChunk();
            }
            made.beginChunk(table);
            for (int frame = 0; frame < index; frame++) {
                beat();
                made.copy(task(table, frame));
            }
        }

        private void copy(StoredFrame task) throws ImagingException {
            if (made != null) {
                made.copy(task);
            }
        }

        private void beat() throws ImagingException {
            progress.tick();
            progress.stopIfCancelled();
        }

        private StoredFrame task(ChunkTable table, int index) {
            FrameEntry entry = table.frames().get(index);
            return new StoredFrame(table, entry, entry.frame().frameIndex() * old.info().spec().frameSize());
        }
    }
}
