package org.imagingutility.engine.job;

import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.JobPlugins;

/** Restores an image to a device or a new file. */
public final class RestoreJob {
    private final JobPlugins plugins;
    private final RestoreRequest request;
    private final JobMonitor monitor;

    /** Creates the job; {@link #run} runs it once. */
    public RestoreJob(JobPlugins plugins, RestoreRequest request) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
    }

    /** Runs the job. */
    public RestoreResult run() throws ImagingException {
        SamePlace.refuse(request.image(), request.target());
        SamePlace.refusePartition(request.target());
        try (OpenImage image = OpenImage.open(plugins, request.image())) {
            ImageInfo info = image.reader().info();
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), true, info.spec().frameSize(),
                    StoredSize.largest(plugins, image));
            try (WritableDevice target = plugins.deviceProviderFor(request.target()).openTarget(request.target(),
                    new TargetOptions(info.spec().deviceLength(), info.spec().sectorSize(), request.overwrite()))) {
                long total = info.spec().plannedFrames() * info.spec().frameSize();
                JobPulse pulse = new JobPulse(monitor, "Restoring", request.target(), total);
                RestoreStages stages = new RestoreStages(plugins, request.image(), image.reader(), target,
                        request.zeroFree(), pulse);
                JobStatistics statistics = new FramePipeline<>(plugins.machine(), "restoring", stages, settings, pulse).run();
                stages.finish(info.spec().deviceLength());
                pulse.end();
                boolean onMedium = request.verify() && target.bypassCache(true);
                long verified = request.verify() ? compare(image.reader(), target, settings, total) : 0;
                target.complete();
                return new RestoreResult(info, stages.bytesWritten(), verified, onMedium, statistics);
            }
        }
    }

    private long compare(ImageReader reader, WritableDevice target, PipelineSettings settings, long total)
            throws ImagingException {
        JobPulse pulse = new JobPulse(monitor, "Comparing", request.target(), total);
        CompareStages stages = new CompareStages(plugins, request.image(), reader, target, pulse);
        new FramePipeline<>(plugins.machine(), "comparing", stages, settings, pulse).run();
        pulse.end();
        return stages.bytesCompared();
    }
}
