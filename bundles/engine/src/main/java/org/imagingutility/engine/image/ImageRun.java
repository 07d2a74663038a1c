package org.imagingutility.engine.image;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.ResumePoint;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.Resumed;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plan.ChunkPlanner;
import org.imagingutility.engine.plan.FrameTasks;
import org.imagingutility.engine.plan.PlanTotals;
import org.imagingutility.engine.plan.Throttle;
import org.imagingutility.engine.plan.WindowReader;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.AffectedFiles;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.probe.SourceIdentity;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.StructureWalk;
import org.imagingutility.engine.read.UnreadableRanges;
import org.imagingutility.engine.resume.CheckDepth;
import org.imagingutility.engine.resume.ResumePosition;
import org.imagingutility.engine.resume.UnfinishedChunks;
import org.imagingutility.engine.resume.UnfinishedImageCheck;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.LeftOut;
import org.imagingutility.engine.write.ImageSettings;
import org.imagingutility.engine.write.ImageStages;
import org.imagingutility.engine.write.ProbingCodec;
import org.imagingutility.engine.write.ResumedChunk;
import org.imagingutility.engine.write.Timestamps;
import org.imagingutility.engine.write.UnreadableLog;

/** Writes one image of an open device into one open file, from the start or from where an earlier run ended. */
final class ImageRun {
    private final Plugins plugins;
    private final ImageRequest request;
    private final JobMonitor monitor;
    private final GuardedDevice device;
    private ProbeResult probed;
    private final ImageFile file;
    private final EarlierAttempts earlier;
    private LinearHashes hashes;
    private final WindowReader source;
    private final UnreadableLog unreadable;
    private long framesWritten;

    ImageRun(Plugins plugins, ImageRequest request, JobMonitor monitor, GuardedDevice device,
            ProbeResult probed,
            ImageFile file, int frameSize, EarlierAttempts earlier) throws UsageException {
        this.plugins = plugins;
        this.request = request;
        this.monitor = monitor;
        this.device = device;
        this.probed = probed;
        this.file = file;
        this.earlier = earlier;
        this.unreadable = new UnreadableLog(monitor, request.device());
        this.source = new WindowReader(device, request.source().optimizedReader(),
                new Throttle(request.source().maxThroughput()), frameSize);
    }

    /** Returns how many frames this run wrote. */
    long framesWritten() {
        return framesWritten;
    }

    /** Begins an image in the empty file and completes it. */
    ImageResult start(ContainerFormat format, ImageSettings settings) throws ImagingException {
        hashes = earlier.freshHashes();
        long limit = limit();
        PlanTotals totals = planned(spec(settings, limit, new PlanTotals(0, 0, 0)), settings.chunkSize());
        warnOfSpace(totals.usedBytes());
        ImageSpec spec = spec(settings, limit, totals);
        try (ImageWriter writer = format.create(file, spec, plugins);
                FrameTasks tasks = new FrameTasks(planner(spec, 0, settings.chunkSize()), spec.frameSize(), limit)) {
            ProgressReporter progress = new ProgressReporter(monitor, "Imaging", request.device(), totals.usedBytes());
            ImageStages stages = new ImageStages(tasks, source, settings, writer, hashes, progress, unreadable,
                    Optional.empty()).into(file);
            return complete(format, writer, stages, spec, settings.codec(), totals, progress, false);
        }
    }

    /** Resumes {@code unfinished}, of which {@code kept} is kept, and completes it. */
    ImageResult resume(ContainerFormat format, ImageSettings settings, UnfinishedImage unfinished, CheckDepth depth)
            throws ImagingException {
        ImageSpec spec = unfinished.spec();
        if (!spec.usedOnly() && !probed.catchAll()) {
            // it may have been started with all blocks because the file system contradicts itself
            planned(spec, settings.chunkSize());
        }
        UnfinishedChunks image = new UnfinishedChunks(unfinished);
        Continuation continuation = new Continuation(plugins, request, unfinished, image);
        continuation.requireSameExtent(limit(), probed);
        continuation.requireSameFiles(device);
        PlanTotals totals = totals(spec, settings.chunkSize());
        ResumePosition kept = examined(new UnfinishedImageCheck(plugins, request.target(), device, probed, monitor, image,
                totals.usedBytes()), image, depth);
        Resumed resumed = new Resumed(kept.chunks(), kept.frames(), kept.usedBytes(),
                file.length() - continuation.keptFileBytes(kept), kept.checkedFrames(), kept.comparedBytes());
        earlier.resumed(resumed, depth == CheckDepth.SAME_RUN);
        warnOfSpace(totals.usedBytes() - kept.usedBytes());
        Optional<ResumedChunk> resumedChunk = continuation.resumedChunk(kept);
        long from = kept.chunksTouched() == 0 ? 0 : image.chunk(kept.chunksTouched() - 1).deviceEnd();
        monitor.notice("resuming the unfinished image \"" + request.target() + "\": " + kept.frames()
                + " frames with " + kept.usedBytes() + " bytes of content are kept, " + resumed.discardedFileBytes()
                + " bytes of the file are not whole and are made again");
        ResumePoint point = new ResumePoint(kept.chunks(), kept.framesOfNext(), settings.codec().wireId(),
                settings.level(), settings.chunkSize());
        try (ImageWriter writer = unfinished.resume(point);
                FrameTasks tasks = tasks(resumedChunk, planner(spec, from, settings.chunkSize()), spec)) {
            ProgressReporter progress = new ProgressReporter(monitor, "Imaging", request.device(), totals.usedBytes());
            progress.alreadyDone(kept.usedBytes());
            ImageStages stages = new ImageStages(tasks, source, settings, writer, hashes, progress, unreadable, resumedChunk);
            Codec larger = resumedChunk.map(ResumedChunk::codec).filter(codec -> codec.maxStoredLength(spec.frameSize())
                    > settings.codec().maxStoredLength(spec.frameSize())).orElse(settings.codec());
            return complete(format, writer, stages, spec, larger, totals, progress, true);
        }
    }

    /**
     * Finds out what is kept, and sees to it that the hashes end where that does. Those of an earlier attempt of this job may
     * do so already; else all that is kept is decoded for them.
     */
    private ResumePosition examined(UnfinishedImageCheck resumption, UnfinishedChunks image, CheckDepth depth)
            throws ImagingException {
        LinearHashes before = earlier.hashes();
        if (depth == CheckDepth.SAME_RUN && before.frames() > 0 && before.frames() == ResumePosition.all(image).frames()) {
            ResumePosition kept = resumption.examine(depth, new LinearHashes(List.of()), source, request.pipeline());
            if (kept.frames() == before.frames()) {
                hashes = before;
                return kept;
            }
        }
        hashes = earlier.freshHashes();
        return resumption.examine(depth, hashes, source, request.pipeline());
    }

    private ImageResult complete(ContainerFormat format, ImageWriter writer, ImageStages stages, ImageSpec spec,
            Codec codec, PlanTotals totals, ProgressReporter progress, boolean resumed) throws ImagingException {
        PipelineSettings settings = PipelineSettings.of(request.pipeline(), request.source().optimizedReader(),
                spec.frameSize(), codec.maxStoredLength(spec.frameSize()));
        JobStatistics statistics;
        long begin = System.nanoTime();
        try {
            statistics = new FramePipeline<>(plugins.resources(), "imaging", stages, settings, progress).run();
        } finally {
            framesWritten = stages.framesWritten();
            earlier.add(source.bytesRead(), framesWritten, System.nanoTime() - begin);
        }
        stages.endChunk();
        SortedMap<String, Digest> linear = hashes.finish(spec.deviceLength());
        ImageDigests digests = writer.finish(facts(totals, linear, spec));
        earlier.finished(linear, statistics);
        progress.end();
        Written written = written(format, spec, digests, resumed);
        return new ImageResult(written.info(), probed.allocator(), probed.allocation().info(),
                earlier.bytesRead(), written.unreadable(), AffectedFiles.of(probed, written.unreadable(), monitor),
                earlier.resumed(), false, linear, Optional.empty(), earlier.statistics());
    }

    /**
     * What the finished image says of itself.
     *
     * @param info in general
     * @param unreadable what could not be read, in this run and in those before
     */
    private record Written(ImageInfo info, ExtentList unreadable) {
    }

    /**
     * Reads back what the image says of itself; that the digests are those just written is the first check of it. Of a
     * resumed one all of the structure is checked: most of it was written by an earlier run, and may have rotted since.
     */
    private Written written(ContainerFormat format, ImageSpec spec, ImageDigests digests, boolean resumed)
            throws ImagingException {
        if (!file.seekable()) {
            return new Written(new ImageInfo(format.name(), 0, spec, digests, 0, unreadable.ranges().totalLength(),
                    file.length(), Optional.empty(), Metadata.empty()), unreadable.ranges());
        }
        try (ImageReader reader = format.open(file, plugins)) {
            if (!reader.info().digests().equals(digests)) {
                throw new ImageDamagedException(request.target(), -1, "what was just written reads back with the digests "
                        + reader.info().digests() + ", expected " + digests, "check the medium it is on, and make it again there"
                        + " or elsewhere");
            }
            if (resumed) {
                StructureWalk.requireSound(request.target(), reader, monitor, ImageAttempts.DAMAGED_REMEDY);
            }
            return new Written(reader.info(), UnreadableRanges.of(reader, UnreadableLog.MAX_RANGES));
        }
    }

    private long limit() {
        long maxBytes = request.source().maxBytes();
        if (maxBytes == 0 || maxBytes >= device.length()) {
            return device.length();
        }
        long rest = maxBytes % device.sectorSize();
        return Math.min(device.length(), rest == 0 ? maxBytes : maxBytes - rest + device.sectorSize());
    }

    private FrameTasks tasks(Optional<ResumedChunk> resumedChunk, ChunkPlanner behind, ImageSpec spec) {
        return resumedChunk.map(chunk -> new FrameTasks(chunk.plan(), chunk.firstFrame(), behind, spec.frameSize(),
                spec.deviceLength())).orElseGet(() -> new FrameTasks(behind, spec.frameSize(), spec.deviceLength()));
    }

    /** Runs through the extents before anything is written; if they contradict themselves, all blocks are taken instead. */
    private PlanTotals planned(ImageSpec draft, long chunkSize) throws ImagingException {
        try {
            return totals(draft, chunkSize);
        } catch (FileSystemException e) {
            device.leaveOut(LeftOut.NOTHING);
            probed = probed.contradicted(plugins, device, e, monitor);
            return totals(draft, chunkSize);
        }
    }

    private PlanTotals totals(ImageSpec spec, long chunkSize) throws ImagingException {
        try (ChunkPlanner counting = planner(spec, 0, chunkSize)) {
            return PlanTotals.of(counting, spec.frameSize());
        }
    }

    private ChunkPlanner planner(ImageSpec spec, long from, long chunkSize) throws ImagingException {
        return new ChunkPlanner(device.info().reference(), probed.allocation().extents(), from, spec.deviceLength(),
                spec.frameSize(), chunkSize);
    }

    private void warnOfSpace(long usedBytes) throws ImagingException {
        OptionalLong space = file.usableSpace();
        if (space.isPresent() && space.getAsLong() < usedBytes) {
            monitor.notice("only " + space.getAsLong() + " bytes are free for \"" + request.target() + "\", and "
                    + usedBytes + " bytes of content are to be stored: they fit only if they compress to "
                    + Math.max(0, 100 * space.getAsLong() / Math.max(1, usedBytes)) + " % or less");
        }
    }

    private ImageSpec spec(ImageSettings settings, long limit, PlanTotals totals) throws UsageException {
        try {
            return new ImageSpec(limit, device.sectorSize(), settings.frameSize(), settings.chunkSize(),
                    settings.codec().name(), settings.codec().wireId(), settings.level(), !probed.catchAll(),
                    Timestamps.now(), totals.chunks(), totals.frames(),
                    ProbingCodec.note(settings.codec(), request.labels().addedTo(SourceIdentity.of(device, probed, limit))));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), "choose another --frame-size or --chunk-size");
        }
    }

    private Metadata facts(PlanTotals totals, SortedMap<String, Digest> linear, ImageSpec spec) throws UsageException {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("allocator", probed.allocator());
        facts.put("usedBytes", totals.usedBytes());
        Instant created = spec.created();
        Instant finished = Timestamps.now();
        facts.put("finished", (finished.isBefore(created) ? created : finished).toString());
        for (Map.Entry<String, Digest> hash : linear.entrySet()) {
            facts.put("hash." + hash.getKey(), hash.getValue().toHex());
        }
        return Metadata.of(facts);
    }
}
