package org.imagingutility.engine.export;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.DiskExportResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.DecodingStages;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.OmittedRanges;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.StoredFrameSize;
import org.imagingutility.engine.read.StoredFrames;
import org.imagingutility.engine.targets.SelfOverwriteCheck;

/** Writes the device an image was made of as a virtual disk. Frames that hold zeros are never handed on. */
public final class DiskExportJob {
    private final JobPlugins plugins;
    private final DiskExportRequest request;
    private final JobMonitor monitor;

    /** Creates the job; {@link #run} runs it once. */
    public DiskExportJob(JobPlugins plugins, DiskExportRequest request) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
    }

    /** Runs the job. */
    public DiskExportResult run() throws ImagingException {
        SelfOverwriteCheck.refuse(request.image(), request.target());
        VirtualDiskFormat format = plugins.virtualDiskNamed(request.format());
        ImagePart part = ImagePart.of(plugins, request.image());
        part.notice("exported").forEach(monitor::notice);
        try (OpenImage image = OpenImage.open(plugins, part.image())) {
            ImageInfo info = image.reader().info();
            checkLength(format, part.length(info.spec()));
            OmittedRanges.report(request.image(), info, monitor);
            DigestProof proof = part.isWhole() ? DigestProof.of(request.image(), image.reader(), request.expected())
                    : DigestProof.ofPart(part.image(), image.reader(), request.expected());
            if (info.unreadableBytes() > 0) {
                monitor.notice(info.unreadableBytes() + " bytes of the device could not be read when the image was made: they"
                        + " are zeros in the virtual disk; info lists them");
            }
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), true, info.spec().frameSize(),
                    StoredFrameSize.largest(plugins, image));
            try (ImageFile file = plugins.storeFor(request.target()).create(request.target(),
                    new CreateOptions(request.overwrite(), false))) {
                try {
                    return export(format, image, part, file, settings, proof);
                } catch (ImagingException | RuntimeException | Error e) {
                    discard(file, e);
                    throw e;
                }
            }
        }
    }

    private void checkLength(VirtualDiskFormat format, long deviceLength) throws UsageException {
        if (deviceLength > format.maxDiskLength()) {
            throw new UsageException("the device of \"" + request.image() + "\" has " + deviceLength + " bytes; a disk of format "
                    + format.name() + " has at most " + format.maxDiskLength(), "choose another format, vhdx or qcow2");
        }
    }

    private DiskExportResult export(VirtualDiskFormat format, OpenImage image, ImagePart part, ImageFile file,
            PipelineSettings settings, DigestProof proof) throws ImagingException {
        if (!file.seekable()) {
            throw new UsageException("\"" + request.target() + "\" can only be written from begin to end, and a virtual disk"
                    + " has tables that are written last", "export to a file");
        }
        ImageReader reader = image.reader();
        ImageSpec spec = reader.info().spec();
        long diskLength;
        JobStatistics statistics;
        Optional<Digest> whole;
        try (VirtualDiskWriter writer = format.create(file, new VirtualDiskSpec(part.length(spec), spec.sectorSize(),
                identity(reader, part), spec.created()))) {
            writer.notes().forEach(monitor::notice);
            diskLength = writer.diskLength();
            ProgressReporter progress = new ProgressReporter(monitor, "Exporting", request.target(),
                    Math.min(part.length(spec), spec.plannedFrames() * spec.frameSize()));
            DiskStages stages = new DiskStages(reader, part, writer, progress);
            LinearHashes wholeDevice = proof.wholeDevice();
            stages.hash(wholeDevice);
            statistics = new FramePipeline<>(plugins.resources(), "exporting", stages, settings, progress).run();
            whole = proof.compared(request.image(), wholeDevice, spec.deviceLength());
            writer.finish();
            progress.end();
        }
        long fileLength = file.length();
        file.publish();
        return new DiskExportResult(reader.info(), format.name(), diskLength, fileLength, statistics,
                part.isWhole() ? proof.digests() : Optional.empty(), whole);
    }

    /** An export cannot be resumed, so nothing of it stays. */
    private static void discard(ImageFile file, Throwable cause) {
        try {
            file.discard();
        } catch (ImagingException e) {
            cause.addSuppressed(e);
        }
    }

    /** What tells this image from others; also where the format has no digest of the whole. */
    private static Digest identity(ImageReader reader, ImagePart part) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        ImageSpec spec = reader.info().spec();
        sha256.update(reader.info().digests().image().toBytes());
        sha256.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(spec.deviceLength()).putLong(spec.created().getEpochSecond())
                .flip());
        if (!part.isWhole()) {
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(part.offset()).flip());
        }
        for (int i = 0; i < reader.chunkCount(); i++) {
            ChunkInfo chunk = reader.chunk(i);
            sha256.update(ByteBuffer.allocate(3 * Long.BYTES).putLong(chunk.deviceOffset()).putLong(chunk.deviceLength())
                    .putLong(chunk.fileLength()).flip());
            sha256.update(chunk.digest().toBytes());
        }
        return Digest.of(sha256.digest());
    }

    private final class DiskStages extends DecodingStages {
        private final long from;
        private final long to;
        private final VirtualDiskWriter writer;
        private final ProgressReporter progress;

        DiskStages(ImageReader reader, ImagePart part, VirtualDiskWriter writer, ProgressReporter progress) {
            super(plugins, part.image(), reader, new StoredFrames(reader, part.offset(), part.end(reader.info().spec())));
            this.from = part.offset();
            this.to = part.end(reader.info().spec());
            this.writer = writer;
            this.progress = progress;
        }

        @Override
        protected void deliver(Frame<StoredFrame, Boolean> frame) throws ImagingException {
            StoredFrame task = frame.task();
            long first = Math.max(from, task.offset());
            long last = Math.min(to, task.end());
            if (task.entry().frame().kind() != FrameKind.ZERO) {
                writer.write(first - from, frame.content().clear().limit((int) (last - task.offset())).position((int) (first - task.offset())));
            }
            progress.done(last - first);
        }
    }
}
