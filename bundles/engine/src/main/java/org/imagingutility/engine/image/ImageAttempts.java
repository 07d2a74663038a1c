package org.imagingutility.engine.image;

import java.util.Optional;
import java.util.TreeMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.probe.AffectedFiles;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.probe.SourceIdentity;
import org.imagingutility.engine.progress.RetryBackoff;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.StructureWalk;
import org.imagingutility.engine.read.UnreadableRanges;
import org.imagingutility.engine.resume.CheckDepth;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.write.ImageSettings;
import org.imagingutility.engine.write.UnreadableLog;

/**
 * What a job does to its image, on each attempt: starts it, resumes what it or an earlier run left, or finds it
 * complete. For the thread that runs the job.
 */
final class ImageAttempts {
    /** What can be done about an image that is complete and damaged. */
    static final String DAMAGED_REMEDY = "see what is lost with repair (an image that has no name yet is in NAME.partial),"
            + " repair its structure with --in-place, or start over (--force without --resume)";

    private final JobPlugins plugins;
    private final ImageRequest request;
    private final JobMonitor monitor;
    private final RetryBackoff backoff;
    private final EarlierAttempts earlier;
    /** Whether this job left an unfinished image: where none can be found now, the target is not the one it was. */
    private boolean started;
    /** Whether this job left a file without a frame in it that could not be taken away. */
    private boolean leftover;
    /** The name by which the image that was published can be opened. */
    private String made;

    ImageAttempts(JobPlugins plugins, ImageRequest request, RetryBackoff backoff, EarlierAttempts earlier) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
        this.backoff = backoff;
        this.earlier = earlier;
    }

    /** Returns the name by which the image that was made can be opened, once it is there. */
    String made() {
        return made;
    }

    private void publish(ImageFile file) throws ImagingException {
        file.publish();
        made = file.lastingReference();
    }

    /** Says whether this job has written frames that are kept. */
    boolean started() {
        return started;
    }

    /**
     * Starts an image, or resumes the one that is there.
     *
     * @param asked how closely an unfinished image of an earlier run is looked at; empty if it may not be resumed
     */
    ImageResult attempt(GuardedDevice device, ProbeResult probed, Optional<CheckDepth> asked)
            throws ImagingException {
        device.restart();
        plugins.monitor().allowWaits();
        // else what stands there is of an earlier run and is treated as the request says
        Optional<CheckDepth> resume = started ? Optional.of(CheckDepth.SAME_RUN) : asked;
        CreateOptions options = new CreateOptions(request.output().overwrite(), request.output().writeThrough());
        // a leftover where nothing may be overwritten is this job's own: nothing stood there when it began
        if (resume.isPresent() || leftover && !options.overwrite()) {
            Optional<ImageFile> found = plugins.storeFor(request.target()).reopen(request.target(), options);
            if (found.isPresent()) {
                try (ImageFile file = found.get()) {
                    return plugins.formatFor(file, request.layout().format()).holdsNothing(file)
                            ? startOver(device, probed, file)
                            : resume(device, probed, file, resume.orElse(CheckDepth.SAME_RUN));
                }
            }
            if (started) {
                throw new TargetException(request.target(), -1, "the unfinished image that this job wrote is not there any"
                        + " more", "bring the medium or share back that it is on", null, true);
            }
            if (!leftover) {
                monitor.notice("there is no unfinished image \"" + request.target() + "\": beginning a new one");
            }
        }
        try (ImageFile file = plugins.storeFor(request.target()).create(request.target(), options)) {
            return start(device, probed, file);
        }
    }

    private ImageResult startOver(GuardedDevice device, ProbeResult probed, ImageFile file) throws ImagingException {
        if (started) {
            monitor.notice("\"" + request.target() + "\" is begun again");
        } else if (!leftover) {
            monitor.notice("\"" + request.target() + "\" was left before anything was imaged: beginning a new image");
        }
        file.truncate(0);
        return start(device, probed, file);
    }

    private ImageResult start(GuardedDevice device, ProbeResult probed, ImageFile file) throws ImagingException {
        ImageSettings settings = ImageSettings.of(plugins, request.layout());
        ImageRun run = new ImageRun(plugins, request, monitor, device, probed, file, settings.frameSize(),
                earlier);
        ImageResult result;
        try {
            result = run.start(plugins.formatFor(file, request.layout().format()), settings);
        } catch (ImagingException | RuntimeException | Error e) {
            leftover = run.framesWritten() == 0 && !discarded(file, e);
            noticeKept(run);
            throw e;
        }
        publish(file);
        return result;
    }

    private ImageResult resume(GuardedDevice device, ProbeResult probed, ImageFile file, CheckDepth depth)
            throws ImagingException {
        // what a write or force that failed left in the cache is not on the medium
        file.bypassCache(true);
        ContainerFormat format = OpenImage.formatOf(plugins, file);
        Optional<ImageInfo> complete = completeImage(format, file);
        if (complete.isPresent()) {
            requireSound(format, file);
            publish(file);
            return alreadyComplete(complete.get(), format, file, device, probed);
        }
        try (UnfinishedImage unfinished = format.reopen(file, plugins)) {
            plugins.expectCodec(unfinished.spec());
            ImageSettings settings = ImageSettings.resumed(plugins, request.layout(), unfinished.spec(), request.target());
            ImageRun run = new ImageRun(plugins, request, monitor, device, probed, file, settings.frameSize(),
                    earlier);
            ImageResult result;
            try {
                result = run.resume(format, settings, unfinished, depth);
            } finally {
                file.bypassCache(false);
                noticeKept(run);
            }
            publish(file);
            return result;
        }
    }

    /** Checks an image that is complete; its frames too, unless this very job has just written them. */
    private void requireSound(ContainerFormat format, ImageFile file) throws ImagingException {
        try (ImageReader reader = format.open(file, plugins)) {
            if (earlier.finishedHashes().isPresent()) {
                StructureWalk.requireSound(request.target(), reader, monitor, DAMAGED_REMEDY);
            } else {
                StructureWalk.requireSoundWithFrames(plugins, request.target(), reader, monitor, DAMAGED_REMEDY);
            }
        }
    }

    private Optional<ImageInfo> completeImage(ContainerFormat format, ImageFile file) throws ImagingException {
        try (ImageReader reader = format.open(file, plugins)) {
            return Optional.of(reader.info());
        } catch (ImageFormatException | ImageDamagedException e) {
            // not complete: reopening it says what it is, or what is wrong with it
            return Optional.empty();
        }
    }

    private ImageResult alreadyComplete(ImageInfo image, ContainerFormat format, ImageFile file, GuardedDevice device,
            ProbeResult probed) throws ImagingException {
        ExtentList unreadable = ExtentList.empty();
        if (image.unreadableBytes() > 0) {
            try (ImageReader reader = format.open(file, plugins)) {
                unreadable = UnreadableRanges.of(reader, UnreadableLog.MAX_RANGES);
            }
        }
        if (earlier.finishedHashes().isPresent()) {
            // by this job, which was interrupted between completing and publishing it
            return new ImageResult(image, probed.allocator(), probed.allocation().info(), earlier.bytesRead(),
                    unreadable, AffectedFiles.of(probed, unreadable, monitor), earlier.resumed(), false,
                    earlier.finishedHashes().get(), Optional.empty(), earlier.statistics());
        }
        Optional<String> difference = SourceIdentity.difference(image.spec(), device, probed.allocation().info());
        if (difference.isPresent()) {
            throw new DeviceException(request.device(), -1, "is not the device that \"" + request.target()
                    + "\" is a complete image of: " + difference.get(),
                    "choose another name for the image, or replace it (--force without --resume)", null);
        }
        monitor.notice("\"" + request.target() + "\" is already complete");
        return new ImageResult(image, probed.allocator(), probed.allocation().info(), 0, unreadable,
                AffectedFiles.of(probed, unreadable, monitor), Optional.empty(), true, new TreeMap<>(), Optional.empty(),
                JobStatistics.NONE);
    }

    private void noticeKept(ImageRun run) {
        if (run.framesWritten() > 0) {
            started = true;
            backoff.madeProgress();
        }
    }

    private static boolean discarded(ImageFile file, Throwable failure) {
        try {
            file.discard();
            return true;
        } catch (ImagingException e) {
            failure.addSuppressed(e);
            return false;
        }
    }
}
