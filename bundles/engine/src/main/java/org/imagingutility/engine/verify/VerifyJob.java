package org.imagingutility.engine.verify;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult.Coverage;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.layout.LostFiles;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.progress.RestartablePipeline;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.OmittedRanges;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.StoredFrameSize;

/** Verifies an image. */
public final class VerifyJob {
    private final JobPlugins plugins;
    private final VerifyRequest request;
    private final JobMonitor monitor;
    private final RestartablePipeline runs = new RestartablePipeline("verifying");
    private final Optional<OpenImage.Source> source;
    private ImagePart part;
    private ImageInfo info;
    private DamageLog damages;
    private ProgressReporter progress;
    private VerifyStages stages;

    /** Creates the job; {@link #run} runs it once. */
    public VerifyJob(JobPlugins plugins, VerifyRequest request) {
        this(plugins, request, Optional.empty());
    }

    /** Creates a job that reads what {@code source} opens; the request's image is but its name. */
    public VerifyJob(JobPlugins plugins, VerifyRequest request, OpenImage.Source source) {
        this(plugins, request, Optional.of(source));
    }

    private VerifyJob(JobPlugins plugins, VerifyRequest request, Optional<OpenImage.Source> source) {
        this.source = source;
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
    }

    /** Runs the job. A plug-in that leaves interrupts it; then it resumes at the frame it was at. */
    public VerifyResult run() throws ImagingException {
        return plugins.runResumable(this::attempt);
    }

    private VerifyResult attempt() throws ImagingException {
        if (part == null) {
            part = source.isPresent() ? new ImagePart(request.image(), Optional.empty()) : ImagePart.of(plugins, request.image());
            part.notice("verified, and what the image says of itself").forEach(monitor::notice);
        }
        OpenImage.Source opener = source.orElse(() -> OpenImage.open(plugins, part.image(), request.uncached()));
        try (OpenImage image = stages == null ? opener.open() : OpenImage.reopen(plugins, info, part.image(), opener)) {
            ImageReader reader = image.reader();
            if (stages == null) {
                begin(reader);
            } else {
                stages.reopened(reader);
            }
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), true, info.spec().frameSize(),
                    StoredFrameSize.largest(plugins, image));
            JobStatistics statistics = runs.run(plugins.resources(), stages, settings, progress, stages::framesDone);
            progress.end();
            List<TouchedFile> files = LostFiles.in(damages.lost(), plugins, part.image(), reader, monitor);
            Coverage coverage = stages.coverage(image.fromMedium());
            // whether the content digest is the one that the image states was found out with the structure
            Optional<ImageDigests> proven = damages.count() == 0 && coverage.complete()
                    ? reader.computeContentDigest().map(digest -> info.digests()) : Optional.empty();
            return new VerifyResult(info, damages.inFileOrder(), damages.count(), files, damages.stopped(), coverage, statistics,
                    proven);
        }
    }

    private void begin(ImageReader reader) throws ImagingException {
        info = reader.info();
        OmittedRanges.report(request.image(), info, monitor);
        DigestProof.requireStated(request.image(), info, request.expected());
        damages = new DamageLog(request.stopAtFirst());
        reader.checkStructure(damages::add);
        if (plugins.interrupted()) {
            throw new CancelledException("verifying");
        }
        FrameSample sample = FrameSample.of(reader, request.quick() && !reader.tableProvesContent());
        long most = part.isWhole() ? Long.MAX_VALUE : part.length(info.spec());
        progress = new ProgressReporter(monitor, "Verifying", request.image(), Math.min(most, sample.size() * info.spec().frameSize()));
        stages = new VerifyStages(plugins, part, reader, sample, damages, progress);
    }
}
