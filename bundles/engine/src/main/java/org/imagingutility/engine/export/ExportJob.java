package org.imagingutility.engine.export;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.progress.RestartablePipeline;
import org.imagingutility.engine.read.DecodingStages;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.OmittedRanges;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.StoredFrameSize;
import org.imagingutility.engine.read.StoredFrames;
import org.imagingutility.engine.targets.SelfOverwriteCheck;
import org.imagingutility.engine.targets.SparseWriter;

/** Writes a range of the device an image was made of to a new raw file, sparse where the image holds nothing. */
public final class ExportJob {
    private final JobPlugins plugins;
    private final ExportRequest request;
    private final JobMonitor monitor;
    private final RestartablePipeline runs = new RestartablePipeline("exporting");
    private ImagePart part;
    private ImageInfo info;
    private DigestProof proof;
    private LinearHashes wholeDevice;
    /** The range of the device that is written. */
    private long from;
    private long to;
    private ExportStages stages;
    private ProgressReporter progress;
    /** Length of the file when the job was interrupted. */
    private long keptLength;

    /** Creates the job; {@link #run} runs it once. */
    public ExportJob(JobPlugins plugins, ExportRequest request) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
    }

    /** Runs the job. A plug-in that leaves interrupts it; then it resumes at the frame it was at. */
    public RestoreResult run() throws ImagingException {
        SelfOverwriteCheck.refuse(request.image(), request.target());
        try {
            return plugins.runResumable(this::attempt);
        } catch (ImagingException | RuntimeException | Error e) {
            giveUp(e);
            throw e;
        }
    }

    private RestoreResult attempt() throws ImagingException {
        if (part == null) {
            part = ImagePart.of(plugins, request.image());
            part.notice("exported").forEach(monitor::notice);
        }
        try (OpenImage image = info == null ? OpenImage.open(plugins, part.image())
                : OpenImage.reopen(plugins, info, part.image(), false)) {
            if (info == null) {
                OmittedRanges.report(part.image(), image.reader().info(), monitor);
            }
            info = image.reader().info();
            from = part.offset() + request.offset();
            to = part.offset() + end(part.length(info.spec()));
            if (proof == null) {
                proof = isWhole() ? DigestProof.of(request.image(), image.reader(), request.expected())
                        : DigestProof.ofPart(request.image(), image.reader(), request.expected());
            }
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), true, info.spec().frameSize(),
                    StoredFrameSize.largest(plugins, image));
            try (ImageFile file = open()) {
                try {
                    return export(image, file, settings);
                } catch (ImagingException | RuntimeException | Error e) {
                    if (plugins.willResume()) {
                        keptLength = file.length();
                    } else {
                        discard(file, e);
                    }
                    throw e;
                }
            }
        }
    }

    private boolean isWhole() {
        return from == 0 && to == info.spec().deviceLength();
    }

    /** Opens the file: what was written before the job was interrupted, if anything was. */
    private ImageFile open() throws ImagingException {
        ImageStore store = plugins.storeFor(request.target());
        CreateOptions options = new CreateOptions(request.overwrite(), false);
        if (keptLength == 0) {
            // an empty file is removed when it is closed
            stages = null;
            return store.create(request.target(), options);
        }
        ImageFile file = store.reopen(request.target(), options).orElseThrow(() -> missing("is not there any more"));
        if (file.length() != keptLength) {
            long length = file.length();
            file.close();
            throw missing("has " + length + " bytes, this job left " + keptLength);
        }
        return file;
    }

    private TargetException missing(String what) {
        return new TargetException(request.target(), -1, "what this job wrote before a plug-in was replaced " + what,
                "run the export again", null);
    }

    private RestoreResult export(OpenImage image, ImageFile file, PipelineSettings settings) throws ImagingException {
        if (stages == null) {
            progress = new ProgressReporter(monitor, "Exporting", request.target(), to - from);
            stages = new ExportStages(image, file, progress);
            wholeDevice = proof.wholeDevice();
            stages.hash(wholeDevice);
        } else {
            stages.file = file;
            stages.reopened(image.reader());
        }
        JobStatistics statistics = runs.run(plugins.resources(), stages, settings, progress, stages::framesDone);
        stages.finish();
        Optional<Digest> whole = proof.compared(request.image(), wholeDevice, info.spec().deviceLength());
        file.publish();
        progress.end();
        return new RestoreResult(info, stages.bytesWritten, 0, 0, false, statistics,
                isWhole() ? proof.digests() : Optional.empty(), whole);
    }

    /** The job ends while its file is closed: it is opened once more to be taken away, if its store is there. */
    private void giveUp(Throwable cause) {
        if (keptLength == 0) {
            return;
        }
        try {
            ImageFile file = plugins.runResumable(this::open);
            discard(file, cause);
        } catch (ImagingException | RuntimeException e) {
            cause.addSuppressed(e);
            monitor.notice("what was exported so far could not be taken away: \"" + request.target() + ".partial\" may be left");
        }
    }

    /** An export cannot be resumed, so nothing of it stays. */
    private static void discard(ImageFile file, Throwable cause) {
        try {
            file.discard();
        } catch (ImagingException e) {
            cause.addSuppressed(e);
        }
    }

    private long end(long deviceLength) throws UsageException {
        if (request.offset() < 0 || request.offset() >= deviceLength) {
            throw new UsageException("offset " + request.offset() + " is outside the device of " + deviceLength
                    + " bytes", "choose one from 0 to " + (deviceLength - 1));
        }
        long most = deviceLength - request.offset();
        if (request.length() == -1) {
            return deviceLength;
        }
        if (request.length() < 1 || request.length() > most) {
            throw new UsageException("length " + request.length() + " at offset " + request.offset()
                    + " leads out of the device of " + deviceLength + " bytes", "choose one from 1 to " + most);
        }
        return request.offset() + request.length();
    }

    private final class ExportStages extends DecodingStages {
        private ImageFile file;
        private final ProgressReporter progress;
        private final SparseWriter holes = new SparseWriter();
        private long writtenTo;
        private long bytesWritten;

        ExportStages(OpenImage image, ImageFile file, ProgressReporter progress) {
            super(plugins, part.image(), image.reader(), new StoredFrames(image.reader(), from, to));
            this.file = file;
            this.progress = progress;
        }

        @Override
        protected void deliver(Frame<StoredFrame, Boolean> frame) throws ImagingException {
            if (frame.task().entry().frame().kind() != FrameKind.ZERO) {
                write(frame.task(), frame);
            }
            progress.done(Math.min(to, frame.task().end()) - Math.max(from, frame.task().offset()));
        }

        private void write(StoredFrame task, Frame<StoredFrame, Boolean> frame) throws ImagingException {
            long first = Math.max(task.offset(), from);
            long last = Math.min(task.end(), to);
            frame.content().limit((int) (last - task.offset())).position((int) (first - task.offset()));
            holes.write(first - from, frame.content(), this::writePiece);
        }

        private void writePiece(long offset, ByteBuffer piece) throws ImagingException {
            int bytes = piece.remaining();
            file.write(offset, piece);
            bytesWritten += bytes;
            writtenTo = from + offset + bytes;
        }

        /** Gives the file its length where it ends in zeros that were not written. */
        private void finish() throws ImagingException {
            if (writtenTo < to) {
                file.write(to - 1 - from, ByteBuffer.allocateDirect(1));
            }
        }
    }
}
