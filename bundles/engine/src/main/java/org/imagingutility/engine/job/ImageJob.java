package org.imagingutility.engine.job;

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
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.source.GuardedDevice;

/**
 * Makes one image of one device: a new one, or what is left of one that was interrupted. A target that goes away and comes
 * back in time interrupts the job as well, which then goes on by itself.
 */
public final class ImageJob {
    private final Plugins plugins;
    private final ImageRequest request;
    private final JobMonitor monitor;
    private final Patience patience;
    /** Whether this job left an unfinished image: where none can be found now, the target is not the one it was. */
    private boolean begun;
    /** Whether this job left a file without a frame in it that could not be taken away. */
    private boolean leftover;

    /** Creates the job; {@link #run} runs it once. */
    public ImageJob(Plugins plugins, ImageRequest request, JobMonitor monitor) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = monitor;
        this.patience = new Patience(request.output().retryTarget(), monitor);
    }

    /** Runs the job. */
    public ImageResult run() throws ImagingException {
        checkRequest();
        ImageResult result = completed();
        if (request.readErrors().retryRecorded() && result.image().unreadableBytes() > 0) {
            result = new RetryBadJob(plugins, request, monitor).run();
        }
        return request.output().verify() ? verified(result) : result;
    }

    private ImageResult completed() throws ImagingException {
        try (GuardedDevice device = Sources.open(plugins, request, monitor)) {
            if (!device.info().mountPoints().isEmpty()) {
                monitor.notice("\"" + request.device() + "\" is mounted at " + String.join(", ", device.info().mountPoints())
                        + ": what changes while it is read makes the image inconsistent; unmount it, or mount it read-only");
            }
            Recognition recognition = Recognition.of(plugins, device, request.source().allBlocks(), monitor);
            return whileTheTargetLasts(device, recognition);
        } catch (ImagingException e) {
            if (begun) {
                monitor.notice("the image is kept unfinished: the same command with --resume goes on with it");
            }
            throw e;
        }
    }

    /** Finds what is wrong with the request before anything is opened. */
    private void checkRequest() throws ImagingException {
        if (request.output().resume().isEmpty() || request.layout().codec().isPresent()) {
            ImageSettings.of(plugins, request.layout());
        }
        plugins.formatNamed(request.layout().format());
        new LinearHashes(request.linearHashes());
        SamePlace.refuse(request.device(), request.target());
    }

    private ImageResult whileTheTargetLasts(GuardedDevice device, Recognition recognition) throws ImagingException {
        Optional<Scrutiny> resume = request.output().resume().map(ImageJob::scrutiny);
        while (true) {
            ImagingException trouble;
            device.restart();
            try {
                return attempt(device, recognition, resume);
            } catch (TargetException e) {
                if (!e.mayPass()) {
                    throw e;
                }
                trouble = e;
            } catch (ImageReadException e) {
                if (!begun) {
                    throw e;
                }
                // what this job has written cannot be read back: the target is away
                trouble = e;
            }
            if (!patience.waits(trouble.getMessage())) {
                throw trouble;
            }
            if (begun) {
                // else what stands there is of an earlier run and is treated as the request says
                resume = Optional.of(Scrutiny.SAME_RUN);
            }
        }
    }

    private static Scrutiny scrutiny(ResumeCheck check) {
        return switch (check) {
            case FULL -> Scrutiny.FULL;
            case QUICK -> Scrutiny.SAMPLE;
            case NONE -> Scrutiny.NONE;
        };
    }

    private ImageResult attempt(GuardedDevice device, Recognition recognition, Optional<Scrutiny> resume)
            throws ImagingException {
        CreateOptions options = new CreateOptions(request.output().overwrite(), request.output().writeThrough());
        // a leftover where nothing may be overwritten is this job's own: nothing stood there when it began
        if (resume.isPresent() || leftover && !options.overwrite()) {
            Optional<ImageFile> found = plugins.storeFor(request.target()).reopen(request.target(), options);
            if (found.isPresent()) {
                try (ImageFile file = found.get()) {
                    return file.length() == 0 ? begin(device, recognition, file)
                            : goOn(device, recognition, file, resume.orElse(Scrutiny.SAME_RUN));
                }
            }
            if (begun) {
                throw new TargetException(request.target(), -1, "the unfinished image that this job wrote is not there any"
                        + " more", "bring the medium or share back that it is on", null, true);
            }
            if (!leftover) {
                monitor.notice("there is no unfinished image \"" + request.target() + "\": beginning a new one");
            }
        }
        try (ImageFile file = plugins.storeFor(request.target()).create(request.target(), options)) {
            return begin(device, recognition, file);
        }
    }

    private ImageResult begin(GuardedDevice device, Recognition recognition, ImageFile file) throws ImagingException {
        ImageSettings settings = ImageSettings.of(plugins, request.layout());
        ImageRun run = new ImageRun(plugins, request, monitor, device, recognition, file, settings.frameSize());
        ImageResult result;
        try {
            result = run.begin(plugins.formatNamed(request.layout().format()), settings);
        } catch (ImagingException | RuntimeException | Error e) {
            leftover = run.framesWritten() == 0 && !discarded(file, e);
            kept(run);
            throw e;
        }
        file.publish();
        return result;
    }

    private ImageResult goOn(GuardedDevice device, Recognition recognition, ImageFile file, Scrutiny scrutiny)
            throws ImagingException {
        // what a write or force that failed left in the cache is not on the medium
        file.bypassCache(true);
        ContainerFormat format = OpenImage.formatOf(plugins, file);
        Optional<ImageInfo> complete = completeImage(format, file);
        if (complete.isPresent()) {
            file.publish();
            return alreadyComplete(complete.get(), format, file, device, recognition);
        }
        try (UnfinishedImage unfinished = format.reopen(file, plugins::codecByWireId)) {
            ImageSettings settings = ImageSettings.resumed(plugins, request.layout(), unfinished.spec(), request.target());
            ImageRun run = new ImageRun(plugins, request, monitor, device, recognition, file, settings.frameSize());
            ImageResult result;
            try {
                result = run.goOn(format, settings, unfinished, scrutiny);
            } finally {
                file.bypassCache(false);
                kept(run);
            }
            file.publish();
            return result;
        }
    }

    private Optional<ImageInfo> completeImage(ContainerFormat format, ImageFile file) throws ImagingException {
        try (ImageReader reader = format.open(file, plugins::codecByWireId)) {
            return Optional.of(reader.info());
        } catch (ImageFormatException | ImageDamagedException e) {
            // not complete: reopening it says what it is, or what is wrong with it
            return Optional.empty();
        }
    }

    private ImageResult alreadyComplete(ImageInfo image, ContainerFormat format, ImageFile file, GuardedDevice device,
            Recognition recognition) throws ImagingException {
        Optional<String> difference = SourceFacts.difference(image.spec(), device, recognition.allocation().info());
        if (difference.isPresent()) {
            throw new DeviceException(request.device(), -1, "is not the device that \"" + request.target()
                    + "\" is a complete image of: " + difference.get(),
                    "choose another name for the image, or replace it (--force without --resume)", null);
        }
        monitor.notice("\"" + request.target() + "\" is already complete");
        ExtentList unreadable = ExtentList.empty();
        if (image.unreadableBytes() > 0) {
            try (ImageReader reader = format.open(file, plugins::codecByWireId)) {
                unreadable = UnreadableRanges.of(reader, UnreadableLog.MAX_RANGES);
            }
        }
        return new ImageResult(image, recognition.allocator(), recognition.allocation().info(), 0, unreadable,
                TouchedFiles.of(recognition, unreadable, monitor), Optional.empty(), true, new TreeMap<>(), Optional.empty(), JobStatistics.NONE);
    }

    private void kept(ImageRun run) {
        if (run.framesWritten() > 0) {
            begun = true;
            patience.gotOn();
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

    private ImageResult verified(ImageResult result) throws ImagingException {
        VerifyResult verified = new VerifyJob(plugins,
                new VerifyRequest(request.target(), false, false, true, request.pipeline()), monitor).run();
        return new ImageResult(result.image(), result.allocator(), result.fileSystem(), result.bytesRead(),
                result.unreadable(), result.touchedFiles(), result.resumed(), result.alreadyComplete(),
                result.linearHashes(), Optional.of(verified), result.statistics());
    }
}
