package org.imagingutility.engine.job;

import java.util.function.IntPredicate;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.Plugins;

/** Verifies an image. */
public final class VerifyJob {
    /** A quick verification looks into every so many chunks, beside the first and the last. */
    private static final int QUICK_STRIDE = 16;

    private final Plugins plugins;
    private final VerifyRequest request;
    private final JobMonitor monitor;

    /** Creates the job; {@link #run} runs it once. */
    public VerifyJob(Plugins plugins, VerifyRequest request, JobMonitor monitor) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = monitor;
    }

    /** Runs the job. */
    public VerifyResult run() throws ImagingException {
        try (OpenImage image = OpenImage.open(plugins, request.image())) {
            ImageReader reader = image.reader();
            ImageInfo info = reader.info();
            DamageLog damages = new DamageLog();
            reader.checkStructure(damages::add);
            IntPredicate chosen = request.quick() ? quick(reader.chunkCount()) : index -> true;
            JobPulse pulse = new JobPulse(monitor, "Verifying", request.image(), contentBytes(reader, chosen));
            VerifyStages stages = new VerifyStages(plugins, request.image(), reader, chosen, damages, pulse);
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), true, info.spec().frameSize(),
                    StoredSize.largest(plugins, image));
            JobStatistics statistics = new FramePipeline<>("verifying", stages, settings, pulse).run();
            pulse.end();
            return new VerifyResult(info, damages.inFileOrder(), damages.count(), stages.framesChecked(),
                    info.spec().plannedFrames(), stages.bytesChecked(), statistics);
        }
    }

    private static IntPredicate quick(int chunkCount) {
        return index -> index % QUICK_STRIDE == 0 || index == chunkCount - 1;
    }

    private static long contentBytes(ImageReader reader, IntPredicate chosen) {
        long frames = 0;
        for (int i = 0; i < reader.chunkCount(); i++) {
            if (chosen.test(i)) {
                frames += reader.chunk(i).frameCount();
            }
        }
        return frames * reader.info().spec().frameSize();
    }
}
