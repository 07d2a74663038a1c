package org.imagingutility.engine.restore;

import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.progress.RestartablePipeline;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.OmittedRanges;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.StoredFrameSize;
import org.imagingutility.engine.targets.FreeRanges;
import org.imagingutility.engine.targets.GrowHint;
import org.imagingutility.engine.targets.ReopenableTarget;
import org.imagingutility.engine.targets.SelfOverwriteCheck;

/** Restores an image to a device or a new file. */
public final class RestoreJob {
    private final JobPlugins plugins;
    private final RestoreRequest request;
    private final JobMonitor monitor;
    private final Optional<Target> given;
    private final Optional<OpenImage.Source> source;
    private final RestartablePipeline runs = new RestartablePipeline("restoring");
    private final ReopenableTarget target;
    private ImagePart part;
    private ImageInfo info;
    private DigestProof proof;
    private LinearHashes wholeDevice;
    private FreeRanges free;
    private RestoreStages stages;
    private ProgressReporter progress;
    /** How the restore went, once all is written. */
    private JobStatistics restored;
    private CompareStages compared;
    private ProgressReporter comparing;

    /** Creates the job; {@link #run} runs it once. */
    public RestoreJob(JobPlugins plugins, RestoreRequest request) {
        this(plugins, request, Optional.empty(), Optional.empty());
    }

    /**
     * Creates a job that reads what {@code source} opens and writes to what {@code target} opens; image and target of the
     * request are but their names.
     */
    public RestoreJob(JobPlugins plugins, RestoreRequest request, OpenImage.Source source, Target target) {
        this(plugins, request, Optional.of(source), Optional.of(target));
    }

    private RestoreJob(JobPlugins plugins, RestoreRequest request, Optional<OpenImage.Source> source, Optional<Target> given) {
        this.source = source;
        this.given = given;
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
        this.target = new ReopenableTarget(plugins, request.target());
    }

    /** Opens what is written to. */
    @FunctionalInterface
    public interface Target {
        /** Opens it; the job closes it. */
        WritableDevice open(TargetOptions options) throws ImagingException;
    }

    /**
     * Runs the job. A plug-in that leaves interrupts it; then it resumes at the frame it was at. Who gave the target runs
     * the job again.
     */
    public RestoreResult run() throws ImagingException {
        if (given.isPresent()) {
            return attempt();
        }
        SelfOverwriteCheck.refuse(request.image(), request.target());
        SelfOverwriteCheck.refusePartition(request.target());
        try {
            return plugins.runResumable(this::attempt);
        } catch (ImagingException | RuntimeException | Error e) {
            target.giveUp(e);
            throw e;
        }
    }

    private RestoreResult attempt() throws ImagingException {
        if (part == null) {
            part = source.isPresent() ? new ImagePart(request.image(), Optional.empty()) : ImagePart.of(plugins, request.image());
            part.notice("restored").forEach(monitor::notice);
        }
        OpenImage.Source opener = source.orElse(() -> OpenImage.open(plugins, part.image()));
        try (OpenImage image = info == null ? opener.open() : OpenImage.reopen(plugins, info, part.image(), opener)) {
            info = image.reader().info();
            if (proof == null) {
                proof = part.isWhole() ? DigestProof.of(request.image(), image.reader(), request.expected())
                        : DigestProof.ofPart(part.image(), image.reader(), request.expected());
            }
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), true, info.spec().frameSize(),
                    StoredFrameSize.largest(plugins, image));
            boolean sameTarget = target.parked();
            TargetOptions options = new TargetOptions(part.length(info.spec()), info.spec().sectorSize(), request.overwrite());
            try (WritableDevice device = given.isPresent() ? given.get().open(options) : target.open(options)) {
                return given.isPresent() ? onto(device, false, image.reader(), settings)
                        : target.parkedIfInterrupted(device, () -> onto(device, sameTarget, image.reader(), settings));
            }
        }
    }

    private RestoreResult onto(WritableDevice device, boolean sameTarget, ImageReader reader, PipelineSettings settings)
            throws ImagingException {
        if (!sameTarget) {
            stages = null;
            compared = null;
            restored = null;
        }
        long total = Math.min(part.length(info.spec()), info.spec().plannedFrames() * info.spec().frameSize());
        if (stages == null) {
            OmittedRanges.report(request.image(), info, monitor);
            progress = new ProgressReporter(monitor, "Restoring", request.target(), total);
            free = new FreeRanges(device, request.zeroFree(), request.discard(), progress);
            stages = new RestoreStages(plugins, part, reader, device, free, progress);
            wholeDevice = proof.wholeDevice();
            stages.hash(wholeDevice);
        } else {
            stages.reopened(reader, device);
        }
        if (restored == null) {
            JobStatistics statistics = runs.run(plugins.resources(), stages, settings, progress, stages::framesDone);
            stages.finish();
            progress.end();
            restored = statistics;
        }
        Optional<Digest> whole = proof.compared(request.image(), wholeDevice, info.spec().deviceLength());
        boolean onMedium = request.verify() && device.bypassCache(true);
        long verified = request.verify() ? compare(reader, device, settings, total) : 0;
        device.complete();
        GrowHint.of(info.spec(), part.length(info.spec()), request.target(), device.length()).ifPresent(monitor::notice);
        return new RestoreResult(info, stages.bytesWritten(), free.bytesGivenBack(), verified, onMedium, restored,
                part.isWhole() ? proof.digests() : Optional.empty(), whole);
    }

    private long compare(ImageReader reader, WritableDevice device, PipelineSettings settings, long total)
            throws ImagingException {
        if (compared == null) {
            comparing = new ProgressReporter(monitor, "Comparing", request.target(), total);
            compared = new CompareStages(plugins, part, reader, device, comparing);
        } else {
            compared.reopened(reader, device);
        }
        new FramePipeline<>(plugins.resources(), "comparing", compared, settings, comparing).run();
        comparing.end();
        return compared.bytesCompared();
    }
}
