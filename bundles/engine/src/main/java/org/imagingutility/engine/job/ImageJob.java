package org.imagingutility.engine.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plan.ChunkPlanner;
import org.imagingutility.engine.plan.FrameTasks;
import org.imagingutility.engine.plan.PlanTotals;
import org.imagingutility.engine.plan.Throttle;
import org.imagingutility.engine.plan.WindowReader;
import org.imagingutility.engine.plugin.Plugins;

/** Makes one image of one device. */
public final class ImageJob {
    private final Plugins plugins;
    private final ImageRequest request;
    private final JobMonitor monitor;

    /** Creates the job; {@link #run} runs it once. */
    public ImageJob(Plugins plugins, ImageRequest request, JobMonitor monitor) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = monitor;
    }

    /** Runs the job. */
    public ImageResult run() throws ImagingException {
        Codec codec = plugins.codecNamed(request.layout().codec().orElse(Layout.DEFAULT_CODEC));
        ContainerFormat format = plugins.formatNamed(request.layout().format());
        int level = level(codec);
        LinearHashes hashes = new LinearHashes(request.linearHashes());
        SamePlace.refuse(request.device(), request.target());
        ImageResult result;
        try (Device device = plugins.deviceProviderFor(request.device()).open(request.device())) {
            if (!device.info().mountPoints().isEmpty()) {
                monitor.notice("\"" + request.device() + "\" is mounted at " + String.join(", ", device.info().mountPoints())
                        + ": what changes while it is read makes the image inconsistent; unmount it, or mount it read-only");
            }
            Recognition recognition = Recognition.of(plugins, device, request.source().allBlocks(), monitor);
            try (ImageFile file = plugins.storeFor(request.target()).create(request.target(),
                    new CreateOptions(request.output().overwrite(), request.output().writeThrough()))) {
                result = write(device, recognition, file, format, codec, level, hashes);
                file.publish();
            }
        }
        return request.output().verify() ? verified(result) : result;
    }

    private int level(Codec codec) throws UsageException {
        int level = request.layout().level().orElse(codec.traits().defaultLevel());
        if (level < codec.traits().minLevel() || level > codec.traits().maxLevel()) {
            throw new UsageException("level " + level + " is not one of codec " + codec.name() + "'s: "
                    + codec.traits().minLevel() + " to " + codec.traits().maxLevel(), "choose one of those");
        }
        return level;
    }

    private ImageResult write(Device device, Recognition recognition, ImageFile file, ContainerFormat format,
            Codec codec, int level, LinearHashes hashes) throws ImagingException {
        long limit = limit(device);
        ImageSpec draft = spec(device, recognition, codec, level, limit, new PlanTotals(0, 0, 0));
        PlanTotals totals;
        try (ChunkPlanner counting = planner(device, recognition, draft)) {
            totals = PlanTotals.of(counting, draft.frameSize());
        }
        ImageSpec spec = spec(device, recognition, codec, level, limit, totals);
        try (ImageWriter writer = format.create(file, spec, plugins::codecByWireId);
                FrameTasks tasks = new FrameTasks(planner(device, recognition, spec), spec.frameSize(), limit)) {
            JobPulse pulse = new JobPulse(monitor, "Imaging", request.device(), totals.usedBytes());
            WindowReader source = new WindowReader(device, request.source().optimizedReader(),
                    new Throttle(request.source().maxThroughput()), spec.frameSize());
            ImageStages stages = new ImageStages(tasks, source, codec, level, writer, hashes, pulse);
            PipelineSettings settings = PipelineSettings.of(request.pipeline(), request.source().optimizedReader(),
                    spec.frameSize(), codec.maxStoredLength(spec.frameSize()));
            JobStatistics statistics = new FramePipeline<>("imaging", stages, settings, pulse).run();
            stages.endChunk();
            SortedMap<String, Digest> linear = hashes.finish(limit);
            Metadata facts = facts(recognition, totals, linear, spec);
            ImageDigests digests = writer.finish(facts);
            pulse.end();
            ImageInfo info = written(format, file, spec, digests);
            return new ImageResult(info, recognition.allocator(), recognition.allocation().info(), source.bytesRead(),
                    ExtentList.empty(), List.of(), Optional.empty(), false, linear, Optional.empty(), statistics);
        }
    }

    /** Reads back what the image says of itself; that the digests are those just written is the first check of it. */
    private ImageInfo written(ContainerFormat format, ImageFile file, ImageSpec spec, ImageDigests digests)
            throws ImagingException {
        if (!file.seekable()) {
            return new ImageInfo(format.name(), 0, spec, digests, 0, 0, file.length(), Optional.empty(), Metadata.empty());
        }
        try (ImageReader reader = format.open(file, plugins::codecByWireId)) {
            if (!reader.info().digests().equals(digests)) {
                throw new IllegalStateException("the image just written says its digests are "
                        + reader.info().digests() + ", expected " + digests);
            }
            return reader.info();
        }
    }

    private long limit(Device device) {
        long maxBytes = request.source().maxBytes();
        if (maxBytes == 0 || maxBytes >= device.length()) {
            return device.length();
        }
        long rest = maxBytes % device.sectorSize();
        return Math.min(device.length(), rest == 0 ? maxBytes : maxBytes - rest + device.sectorSize());
    }

    private ChunkPlanner planner(Device device, Recognition recognition, ImageSpec spec) throws ImagingException {
        return new ChunkPlanner(device.info().reference(), recognition.allocation().extents(), spec.deviceLength(),
                spec.frameSize(), spec.chunkSize());
    }

    private ImageSpec spec(Device device, Recognition recognition, Codec codec, int level, long limit,
            PlanTotals totals) throws UsageException {
        try {
            return new ImageSpec(limit, device.sectorSize(), request.layout().frameSize().orElse(Layout.DEFAULT_FRAME_SIZE),
                    request.layout().chunkSize().orElse(Layout.DEFAULT_CHUNK_SIZE),
                    codec.name(), codec.wireId(), level, !recognition.catchAll(), Timestamps.now(), totals.chunks(),
                    totals.frames(), sourceFacts(device, recognition.allocation().info(), limit));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), "choose another --frame-size or --chunk-size");
        }
    }

    private static Metadata sourceFacts(Device device, FileSystemInfo fileSystem, long limit) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("device.reference", device.info().reference());
        facts.put("device.kind", device.info().kind().name());
        putText(facts, "device.label", device.info().label());
        if (limit < device.length()) {
            facts.put("device.fullLength", device.length());
        }
        putText(facts, "fileSystem.name", fileSystem.fileSystem());
        putText(facts, "fileSystem.label", fileSystem.label());
        putText(facts, "fileSystem.serial", fileSystem.serial());
        if (fileSystem.clusterSize() > 0) {
            facts.put("fileSystem.clusterSize", fileSystem.clusterSize());
            facts.put("fileSystem.clusterCount", fileSystem.clusterCount());
        }
        return Metadata.of(facts);
    }

    private static void putText(Map<String, Object> facts, String key, String value) {
        if (!value.isEmpty()) {
            facts.put(key, value);
        }
    }

    private static Metadata facts(Recognition recognition, PlanTotals totals, SortedMap<String, Digest> linear,
            ImageSpec spec) throws UsageException {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("allocator", recognition.allocator());
        facts.put("usedBytes", totals.usedBytes());
        Instant created = spec.created();
        Instant finished = Timestamps.now();
        facts.put("finished", (finished.isBefore(created) ? created : finished).toString());
        linear.forEach((name, digest) -> facts.put("hash." + name, digest.toHex()));
        return Metadata.of(facts);
    }

    private ImageResult verified(ImageResult result) throws ImagingException {
        VerifyResult verified = new VerifyJob(plugins,
                new VerifyRequest(request.target(), false, request.pipeline()), monitor).run();
        return new ImageResult(result.image(), result.allocator(), result.fileSystem(), result.bytesRead(),
                result.unreadable(), result.touchedFiles(), result.resumed(), result.alreadyComplete(),
                result.linearHashes(), Optional.of(verified), result.statistics());
    }
}
