package org.imagingutility.engine.job;

import java.util.List;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.JobPlugins;

/** Verifies an image. */
public final class VerifyJob {
    private final JobPlugins plugins;
    private final VerifyRequest request;
    private final JobMonitor monitor;

    /** Creates the job; {@link #run} runs it once. */
    public VerifyJob(JobPlugins plugins, VerifyRequest request) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
    }

    /** Runs the job. */
    public VerifyResult run() throws ImagingException {
        try (OpenImage image = OpenImage.open(plugins, request.image(), request.uncached())) {
            ImageReader reader = image.reader();
            ImageInfo info = reader.info();
            DamageLog damages = new DamageLog(request.stopAtFirst());
            reader.checkStructure(damages::add);
            FrameSample sample = FrameSample.of(reader, request.quick() && !reader.tableProvesContent());
            JobPulse pulse = new JobPulse(monitor, "Verifying", request.image(), sample.size() * info.spec().frameSize());
            VerifyStages stages = new VerifyStages(plugins, request.image(), reader, sample, damages, pulse);
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), true, info.spec().frameSize(),
                    StoredSize.largest(plugins, image));
            JobStatistics statistics = new FramePipeline<>(plugins.machine(), "verifying", stages, settings, pulse).run();
            pulse.end();
            List<TouchedFile> files = LostFiles.in(damages.lost(), plugins, request.image(), reader, monitor);
            return new VerifyResult(info, damages.inFileOrder(), damages.count(), files, damages.stopped(),
                    stages.coverage(image.fromMedium()), statistics);
        }
    }
}
