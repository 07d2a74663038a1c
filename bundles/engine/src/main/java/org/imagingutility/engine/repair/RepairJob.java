package org.imagingutility.engine.repair;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.frames.RecordedHashes;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.repository.image.RepositoryStore;
import org.imagingutility.engine.targets.SelfOverwriteCheck;

/** Looks at a damaged image, and writes what is left of it to a new one or repairs it in place if asked to. */
public final class RepairJob {
    private static final int FILES = 1000;
    /** What a codec may need beyond the content: one part in so many, and this many bytes. */
    private static final int STORED_PART = 100;
    private static final int STORED_EXTRA = 64 << 10;
    /** A lost window takes about so many bytes of a new image: frame head, stored zeros, entries in the chunk table. */
    private static final int LOST_WINDOW_BYTES = 512;
    /** Lost windows may take so many bytes of a new image, and as many as the damaged one has. */
    private static final long LOST_BYTES = 16 << 20;

    private final JobPlugins plugins;
    private final RepairRequest request;
    private final JobMonitor monitor;
    private final RepairLog damages = new RepairLog();
    private final LostRanges lost = new LostRanges();
    private RepairProgress progress;
    private long fileLength;

    /** Creates the job; {@link #run} runs it once. */
    public RepairJob(JobPlugins plugins, RepairRequest request) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
    }

    /** What was found and written, before what needs all of it is worked out. */
    private record Passed(RepairStages stages, RepairTasks tasks, RecordedHashes hashes, JobStatistics statistics) {
    }

    /** Runs the job. */
    public RepairResult run() throws ImagingException {
        if (request.target().isPresent()) {
            SelfOverwriteCheck.refuse(request.image(), request.target().get());
        }
        ImageStore store = plugins.storeFor(request.image());
        if (store instanceof RepositoryStore) {
            throw new UsageException("\"" + request.image() + "\" is in a repository, where damaged frames are stored anew by whoever has their content",
                    "imaging repository check --repository=R --read-data=all --mark-damaged; then the next run, or a copy from another repository");
        }
        try (ImageFile file = request.inPlace() ? store.openInPlace(request.image()) : store.open(request.image())) {
            fileLength = file.length();
            progress = new RepairProgress(monitor, request.image(), fileLength);
            DamagedImage found = DamagedImage.find(plugins, file, progress);
            try (SalvagedImage image = found.image()) {
                plugins.expectCodec(image.spec());
                if (request.inPlace()) {
                    requireRepairable(image);
                }
                image.checkStructure(damages::add);
                return request.target().isPresent() ? intoNew(found.format(), image, file)
                        : here(found.format(), image, file);
            }
        }
    }

    private void requireRepairable(SalvagedImage image) throws UsageException {
        Optional<String> obstacle = image.obstacle();
        if (obstacle.isPresent()) {
            throw new UsageException("image \"" + request.image() + "\" cannot be repaired in place: " + obstacle.get(),
                    image.finished() ? "write what is left to a new image: --out"
                            : "resume it if the source is still there (imaging image --resume), or write what is left to"
                                    + " a new image: --out");
        }
    }

    private RepairResult here(ContainerFormat format, SalvagedImage image, ImageFile file) throws ImagingException {
        Passed passed = pass(image, Optional.empty());
        if (damages.count() == 0) {
            opens(format, file, damages);
        }
        ExtentList ranges = lost.all();
        List<TouchedFile> touched = touchedFiles(image, ranges);
        RepairLog rewritten = new RepairLog();
        long left = damages.count();
        if (request.inPlace() && damages.count() > 0) {
            image.rewrite(rewritten::add);
            left = passed.stages().framesDamaged() + structureDamages(format, file);
            file.publish();
        }
        return result(image, file, passed, ranges, touched, rewritten, left, Optional.empty());
    }

    /** Opens an image in which nothing was found, as who restores or verifies it does: what those refuse is not whole. */
    private void opens(ContainerFormat format, ImageFile file, RepairLog log) throws ImagingException {
        try (ImageReader reader = format.open(file, plugins)) {
            reader.checkStructure(log::add);
        } catch (ImageDamagedException e) {
            log.add(new Damage(Math.max(0, e.offset()), 0, Optional.empty(), e.reason()));
        } catch (ImageFormatException e) {
            log.add(new Damage(Math.max(0, e.offset()), 0, Optional.empty(), e.getMessage()));
        }
    }

    /** Looks at the structures once more and returns how many damages they have. */
    private long structureDamages(ContainerFormat format, ImageFile file) throws ImagingException {
        RepairLog left = new RepairLog();
        try (SalvagedImage image = format.salvage(file, plugins, progress)) {
            image.checkStructure(left::add);
            SalvagedImage.Pass pass = image.pass(left::add);
            while (pass.next() != null) {
                progress.tick();
            }
        }
        if (left.count() == 0) {
            opens(format, file, left);
        }
        return left.count();
    }

    private RepairResult intoNew(ContainerFormat format, SalvagedImage image, ImageFile file) throws ImagingException {
        if (!image.finished()) {
            progress.notice("the image was not finished, or its end is lost: nobody knows what was in use behind its last chunk;"
                    + " all of that is recorded as in use and unreadable");
        }
        String target = request.target().orElseThrow();
        try (ImageFile newFile = plugins.storeFor(target).create(target, new CreateOptions(request.overwrite(), false))) {
            try {
                return into(newFile, format, image, file);
            } catch (ImagingException | RuntimeException | Error e) {
                discard(newFile, e);
                throw e;
            }
        }
    }

    private RepairResult into(ImageFile newFile, ContainerFormat format, SalvagedImage image, ImageFile file)
            throws ImagingException {
        Passed passed;
        ImageInfo written;
        try (ImageWriter writer = format.create(newFile, image.spec(), plugins)) {
            passed = pass(image, Optional.of(writer));
            ExtentList leftOut = passed.tasks().leftOut();
            if (leftOut.count() > 0) {
                progress.notice(leftOut.totalLength() + " bytes of the device from byte " + leftOut.offset(0) + " on are lost,"
                        + " and are left out of the new image rather than recorded as unreadable: that would take more"
                        + " room than what is left");
            }
            ImageDigests digests = writer.finish(RepairedFacts.of(image, provenHashes(passed), lost.all(), leftOut));
            written = written(format, newFile, digests);
        }
        ExtentList ranges = lost.all();
        List<TouchedFile> touched = touchedFiles(image, ranges);
        newFile.publish();
        return result(image, file, passed, ranges, touched, new RepairLog(), damages.count(), Optional.of(written));
    }

    /** Returns the recorded hashes that the frames bear out; one that they contradict is a damage. None if frames are lost. */
    private List<String> provenHashes(Passed passed) {
        if (lost.all().count() > 0) {
            return List.of();
        }
        RecordedHashes.Result result = passed.hashes().finish();
        result.contradiction().ifPresent(contradiction -> damages.add(new Damage(fileLength, 0, Optional.empty(),
                "facts of the footer: " + contradiction.recorded() + ", the frames have " + contradiction.computed())));
        return result.proven();
    }

    /** A repair cannot be resumed, so nothing of it stays. */
    private static void discard(ImageFile newFile, Throwable cause) {
        try {
            newFile.discard();
        } catch (ImagingException e) {
            cause.addSuppressed(e);
        }
    }

    /** Reads back what the new image says of itself; that the digests are those just written is the first check of it. */
    private ImageInfo written(ContainerFormat format, ImageFile file, ImageDigests digests) throws ImagingException {
        try (ImageReader reader = format.open(file, plugins)) {
            if (!reader.info().digests().equals(digests)) {
                throw new ImageDamagedException(file.reference(), -1, "what was just written reads back with the digests "
                        + reader.info().digests() + ", expected " + digests, "check the medium it is on");
            }
            return reader.info();
        }
    }

    private Passed pass(SalvagedImage image, Optional<ImageWriter> writer) throws ImagingException {
        ImageSpec spec = image.spec();
        progress.begin(writer.isPresent() ? "Saving" : "Looking at");
        RepairTasks tasks = new RepairTasks(image.pass(damages::add), spec,
                writer.isPresent() ? (LOST_BYTES + fileLength) / LOST_WINDOW_BYTES : 0, lost);
        Codec codec = writer.isPresent()
                ? plugins.codecByWireId(spec.codecWireId(), "image \"" + request.image() + "\"") : null;
        RepairWorker.Factory workers = codec == null ? () -> RepairWorker.reading(plugins, request.image())
                : () -> RepairWorker.writing(plugins, request.image(), spec, codec);
        RecordedHashes hashes = new RecordedHashes(writer.isPresent() ? image.statistics().orElse(Metadata.empty())
                : Metadata.empty(), spec.deviceLength(), spec.plannedFrames() * spec.frameSize());
        RepairStages stages = new RepairStages(image, tasks, workers, writer, damages, lost, hashes.hashes(), progress);
        JobStatistics statistics = new FramePipeline<>(plugins.resources(), "repairing", stages,
                PipelineSettings.of(request.pipeline(), true, spec.frameSize(), storedSize(spec)), progress).run();
        stages.endChunk();
        progress.end();
        return new Passed(stages, tasks, hashes, statistics);
    }

    private static int storedSize(ImageSpec spec) {
        return spec.frameSize() + spec.frameSize() / STORED_PART + STORED_EXTRA;
    }

    private List<TouchedFile> touchedFiles(SalvagedImage image, ExtentList ranges) throws ImagingException {
        if (ranges.count() == 0) {
            return List.of();
        }
        try (SalvagedDevice device = new SalvagedDevice(plugins, request.image(), image, ranges, storedSize(image.spec()))) {
            Optional<ProbeResult> known = ProbeResult.find(plugins, device);
            return known.isEmpty() ? List.of() : known.get().allocation().filesIn(ranges, FILES);
        } catch (CancelledException e) {
            throw e;
        } catch (ImagingException | IllegalArgumentException e) {
            // what is lost is listed by its ranges all the same
            progress.notice("the files in what is lost cannot be named: " + e.getMessage());
            return List.of();
        }
    }

    private RepairResult result(SalvagedImage image, ImageFile file, Passed passed, ExtentList ranges,
            List<TouchedFile> touched, RepairLog rewritten, long left, Optional<ImageInfo> written) throws ImagingException {
        return new RepairResult(image.spec(), file.length(), image.finished(), damages.inFileOrder(), damages.count(), ranges,
                touched, passed.stages().framesKept(), passed.tasks().framesLost() + passed.stages().framesDamaged(),
                image.obstacle(), rewritten.inFileOrder(), rewritten.count(), left, written, passed.statistics());
    }
}
