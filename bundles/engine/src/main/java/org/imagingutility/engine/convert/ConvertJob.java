package org.imagingutility.engine.convert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.frames.RecordedHashes;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plan.ChunkPlanner;
import org.imagingutility.engine.plan.FrameTask;
import org.imagingutility.engine.plan.FrameTasks;
import org.imagingutility.engine.plan.PlanTotals;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.ChunkTableCache;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.StoredFrameSize;
import org.imagingutility.engine.repository.image.RepositoryStore;
import org.imagingutility.engine.targets.SelfOverwriteCheck;
import org.imagingutility.engine.verify.VerifyJob;
import org.imagingutility.engine.write.ImageSettings;
import org.imagingutility.engine.write.ImageStages;
import org.imagingutility.engine.write.ProbingCodec;
import org.imagingutility.engine.write.Timestamps;
import org.imagingutility.engine.write.UnreadableLog;

/** Rewrites an image as a new one with another codec, level, division or format. */
public final class ConvertJob {
    private static final List<String> KEPT_STATISTICS = List.of("allocator", "finished", "usedBytes");

    private final JobPlugins plugins;
    private final ConvertRequest request;
    private final JobMonitor monitor;
    private String made;

    /** Creates the job; {@link #run} runs it once. */
    public ConvertJob(JobPlugins plugins, ConvertRequest request) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
    }

    /** Runs the job. A plug-in that leaves makes the conversion start over; the verification after it resumes where it was. */
    public ConvertResult run() throws ImagingException {
        SelfOverwriteCheck.refuse(request.image(), request.target());
        if (!plugins.runResumable(() -> ImagePart.of(plugins, request.image())).isWhole()) {
            throw new UsageException("\"" + request.image() + "\" is a partition, and images are converted as a whole",
                    "restore the partition to a file, and image that");
        }
        ConvertResult result = plugins.runRestartable("the conversion", this::converted);
        return request.verify() ? verified(result) : result;
    }

    private ConvertResult converted() throws ImagingException {
        ConvertResult result;
        try (OpenImage image = OpenImage.open(plugins, request.image())) {
            ImageReader reader = image.reader();
            ImageSettings settings = settings(reader.info());
            boolean moves = moves(reader.info(), settings);
            settings = moves ? settings.withLevel(reader.info().spec().level()) : settings;
            DigestProof.of(request.image(), reader, Optional.empty());
            // a codec or format that is missing is found before anything is written
            plugins.formatNamed(request.layout().format());
            StoredFrameSize.largest(plugins, image);
            try (ImageFile file = plugins.storeFor(request.target()).create(request.target(),
                    new CreateOptions(request.overwrite(), request.writeThrough()))) {
                try {
                    result = convert(reader, plugins.formatFor(file, request.layout().format()), settings, moves, file);
                    file.publish();
                    made = file.lastingReference();
                } catch (ImagingException | RuntimeException | Error e) {
                    discard(file, e);
                    throw e;
                }
            }
        }
        return result;
    }

    /** The size of the frames is part of the content digest, so that of an image of the same format stays. */
    private ImageSettings settings(ImageInfo old) throws ImagingException {
        Layout asked = request.layout();
        boolean alike = isDividedAlike(old.formatName(), asked.format());
        if (asked.frameSize().isPresent() || !alike) {
            if (alike && asked.frameSize().getAsInt() != old.spec().frameSize()) {
                monitor.notice("the new image has frames of another size, so its content digest is another one");
            }
            return ImageSettings.of(plugins, asked);
        }
        return ImageSettings.of(plugins, new Layout(asked.format(), asked.codec(), asked.level(),
                OptionalInt.of(old.spec().frameSize()), asked.chunkSize()));
    }

    /** An image in a repository is divided as it would be in a file. */
    private static boolean isDividedAlike(String old, String made) {
        return old.equals(made) || old.equals(RepositoryStore.NAME) || made.equals(RepositoryStore.NAME) && old.equals(Layout.DEFAULT.format());
    }

    /** Says whether frames can be moved as they are stored: who asks for a level wants them compressed by it. */
    private boolean moves(ImageInfo old, ImageSettings settings) {
        Layout asked = request.layout();
        return isDividedAlike(old.formatName(), asked.format()) && settings.frameSize() == old.spec().frameSize() && asked.level().isEmpty()
                && settings.codec().wireId() == old.spec().codecWireId() && asked.codec().map(old.spec().codecName()::equals).orElse(true);
    }

    private ConvertResult convert(ImageReader reader, ContainerFormat format, ImageSettings settings, boolean moves, ImageFile file)
            throws ImagingException {
        ImageInfo old = reader.info();
        ChunkTableCache tables = new ChunkTableCache(reader);
        ImageSpec draft = spec(old, settings, moves, new PlanTotals(0, 0, 0));
        PlanTotals totals;
        try (ChunkPlanner counting = planner(reader, tables, draft)) {
            totals = PlanTotals.of(counting, draft.frameSize());
        }
        ImageSpec spec = spec(old, settings, moves, totals);
        ProgressReporter progress = new ProgressReporter(monitor, "Converting", request.image(), totals.usedBytes());
        RecordedHashes hashes = new RecordedHashes(old.statistics(), old.spec().deviceLength(), totals.usedBytes());
        ImageDigests digests;
        JobStatistics statistics;
        try (ImageFrames frames = new ImageFrames(plugins, request.image(), reader, tables);
                ImageWriter writer = format.create(file, spec, plugins);
                FrameTasks tasks = new FrameTasks(planner(reader, tables, spec), spec.frameSize(), spec.deviceLength())) {
            ImageStages stages = new ImageStages(tasks, frames, settings, writer, hashes.hashes(), progress,
                    new UnreadableLog(JobMonitor.NONE, request.image()), Optional.empty()).into(file);
            Stages<FrameTask, FrameInfo> all = moves
                    ? new MovedStages(plugins, request.image(), reader, frames, settings.codec().wireId(), stages, file) : stages;
            statistics = new FramePipeline<>(plugins.resources(), "converting", all, PipelineSettings.of(request.pipeline(), false,
                    spec.frameSize(), settings.codec().maxStoredLength(spec.frameSize())), progress).run();
            stages.endChunk();
            digests = writer.finish(statistics(old, totals, proven(hashes)));
        }
        progress.end();
        return new ConvertResult(old, written(format, file, old, digests), Optional.empty(), statistics);
    }

    private ChunkPlanner planner(ImageReader reader, ChunkTableCache tables, ImageSpec spec) {
        return new ChunkPlanner(request.image(), new ImageExtents(reader, tables, monitor), spec.deviceLength(),
                spec.frameSize(), spec.chunkSize());
    }

    /** The image is of the same moment and device as the old one. */
    private static ImageSpec spec(ImageInfo old, ImageSettings settings, boolean moves, PlanTotals totals) throws UsageException {
        Map<String, Object> facts = new TreeMap<>(old.spec().metadata().values());
        if (!moves) {
            facts.remove("codec.auto"); // how the old frames were made
        }
        facts.put("origin.format", old.formatName() + " version " + old.formatVersion());
        facts.put("origin.codec", old.spec().codecName());
        if (isKnown(old.digests().image())) {
            facts.put("origin.imageDigest", old.digests().image().toHex());
        }
        facts.put("origin.converted", Timestamps.now().toString());
        try {
            return new ImageSpec(old.spec().deviceLength(), old.spec().sectorSize(), settings.frameSize(),
                    settings.chunkSize(), settings.codec().name(), settings.codec().wireId(), settings.level(),
                    old.spec().usedOnly(), old.spec().created(), totals.chunks(), totals.frames(),
                    ProbingCodec.note(settings.codec(), Metadata.of(facts)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), "choose another --frame-size or --chunk-size");
        }
    }

    /**
     * What was known of the old image stays; what its format alone knows, or nothing here has proven (hashes that are not
     * computed), is marked as of there.
     */
    private static Metadata statistics(ImageInfo old, PlanTotals totals, List<String> provenHashes) {
        Map<String, Object> facts = new TreeMap<>();
        old.statistics().values().forEach((key, value) ->
                facts.put(KEPT_STATISTICS.contains(key) || provenHashes.contains(key) ? key : "origin." + key, value));
        facts.put("usedBytes", totals.usedBytes());
        return Metadata.of(facts);
    }

    /** Some formats have no digest of the whole and give zeros for it. */
    private static boolean isKnown(Digest digest) {
        for (byte value : digest.toBytes()) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    /** Reads back what the image says of itself, and compares it with the old one. */
    private ImageInfo written(ContainerFormat format, ImageFile file, ImageInfo old, ImageDigests digests)
            throws ImagingException {
        ImageInfo made;
        try (ImageReader reader = format.open(file, plugins)) {
            made = reader.info();
        }
        if (!made.digests().equals(digests)) {
            throw new ImageDamagedException(request.target(), -1, "what was just written reads back with the digests "
                    + made.digests() + ", expected " + digests, "check the medium it is on, and convert again there or elsewhere");
        }
        boolean sameFormat = made.formatName().equals(old.formatName());
        boolean comparable = isDividedAlike(old.formatName(), made.formatName()) && (!sameFormat || made.formatVersion() == old.formatVersion())
                && made.spec().frameSize() == old.spec().frameSize();
        // every frame and every range in use went through here, so what the old one says of all of it can be compared
        if (comparable && !made.digests().content().equals(old.digests().content())) {
            throw contradicted("content digest " + old.digests().content(), "content digest " + made.digests().content());
        }
        if (made.usedBytes() != old.usedBytes() || made.unreadableBytes() != old.unreadableBytes()) {
            throw contradicted(old.usedBytes() + " bytes in use, " + old.unreadableBytes() + " of them unreadable",
                    made.usedBytes() + " and " + made.unreadableBytes());
        }
        return made;
    }

    /** Returns the facts that were computed and hold. */
    private List<String> proven(RecordedHashes hashes) throws ImageDamagedException {
        RecordedHashes.Result result = hashes.finish();
        if (result.contradiction().isPresent()) {
            throw contradicted(result.contradiction().get().recorded(), result.contradiction().get().computed());
        }
        return result.proven();
    }

    private ImageDamagedException contradicted(String said, String found) {
        return new ImageDamagedException(request.image(), -1, "says of itself: " + said + "; its chunks have: " + found,
                "verify shows where; repair --out writes a new image of what its chunks have");
    }

    private ConvertResult verified(ConvertResult result) throws ImagingException {
        VerifyResult verified = new VerifyJob(plugins,
                new VerifyRequest(made, false, false, true, request.pipeline(),
                        DigestProof.expectation(result.image().digests()))).run();
        return new ConvertResult(result.source(), result.image(), Optional.of(verified), result.statistics());
    }

    /** A conversion cannot be resumed, so nothing of it stays. */
    private static void discard(ImageFile file, Throwable cause) {
        try {
            file.discard();
        } catch (ImagingException e) {
            cause.addSuppressed(e);
        }
    }
}
