package org.imagingutility.engine.job;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.JobPlugins;

/** Writes a range of the device an image was made of to a new raw file, sparse where the image holds nothing. */
public final class ExportJob {
    private final JobPlugins plugins;
    private final ExportRequest request;
    private final JobMonitor monitor;

    /** Creates the job; {@link #run} runs it once. */
    public ExportJob(JobPlugins plugins, ExportRequest request) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
    }

    /** Runs the job. */
    public RestoreResult run() throws ImagingException {
        SamePlace.refuse(request.image(), request.target());
        try (OpenImage image = OpenImage.open(plugins, request.image())) {
            ImageInfo info = image.reader().info();
            long to = end(info.spec().deviceLength());
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), true, info.spec().frameSize(),
                    StoredSize.largest(plugins, image));
            try (ImageFile file = plugins.storeFor(request.target()).create(request.target(),
                    new CreateOptions(request.overwrite(), false))) {
                try {
                    return export(image, file, to, settings);
                } catch (ImagingException | RuntimeException | Error e) {
                    discard(file, e);
                    throw e;
                }
            }
        }
    }

    private RestoreResult export(OpenImage image, ImageFile file, long to, PipelineSettings settings)
            throws ImagingException {
        JobPulse pulse = new JobPulse(monitor, "Exporting", request.target(), to - request.offset());
        ExportStages stages = new ExportStages(image, file, to, pulse);
        JobStatistics statistics = new FramePipeline<>(plugins.machine(), "exporting", stages, settings, pulse).run();
        stages.finish();
        file.publish();
        pulse.end();
        return new RestoreResult(image.reader().info(), stages.bytesWritten, 0, statistics);
    }

    /** An export cannot be gone on with, so nothing of it stays. */
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
        private final ImageFile file;
        private final long to;
        private final JobPulse pulse;
        private long writtenTo;
        private long bytesWritten;

        ExportStages(OpenImage image, ImageFile file, long to, JobPulse pulse) {
            super(plugins, request.image(), image.reader(), new StoredFrames(image.reader(), request.offset(), to));
            this.file = file;
            this.to = to;
            this.pulse = pulse;
        }

        @Override
        public void write(Frame<StoredTask, Boolean> frame) throws ImagingException {
            StoredTask task = frame.task();
            pulse.done(task.contentLength());
            if (task.entry().frame().kind() == FrameKind.ZERO) {
                return;
            }
            long first = Math.max(task.offset(), request.offset());
            long last = Math.min(task.end(), to);
            frame.content().limit((int) (last - task.offset())).position((int) (first - task.offset()));
            file.write(first - request.offset(), frame.content());
            bytesWritten += last - first;
            writtenTo = last;
        }

        /** Gives the file its length where it ends in zeros that were not written. */
        private void finish() throws ImagingException {
            if (writtenTo < to) {
                file.write(to - 1 - request.offset(), ByteBuffer.allocateDirect(1));
            }
        }
    }
}
