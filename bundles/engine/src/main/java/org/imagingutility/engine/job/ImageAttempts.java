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
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.JobPlugins;
import org.imagingutility.engine.source.GuardedDevice;

/**
 * What a job does to its image, each time it gets to it: begins it, goes on with what it or an earlier run left, or finds it
 * complete. For the thread that runs the job.
 */
final class ImageAttempts {
    private final JobPlugins plugins;
    private final ImageRequest request;
    private final JobMonitor monitor;
    private final Patience patience;
    private final EarlierAttempts earlier;
    /** Whether this job left an unfinished image: where none can be found now, the target is not the one it was. */
    private boolean begun;
    /** Whether this job left a file without a frame in it that could not be taken away. */
    private boolean leftover;

    ImageAttempts(JobPlugins plugins, ImageRequest request, Patience patience, EarlierAttempts earlier) {
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
        this.patience = patience;
        this.earlier = earlier;
    }

    /** Says whether this job has written frames that are kept. */
    boolean begun() {
        return begun;
    }

    /**
     * Begins an image, or goes on with the one that stands there.
     *
     * @param asked how closely an unfinished image of an earlier run is looked at; empty if it may not be gone on with
     */
    ImageResult attempt(GuardedDevice device, Recognition recognition, Optional<Scrutiny> asked)
            throws ImagingException {
        device.restart();
        plugins.monitor().begin();
        // else what stands there is of an earlier run and is treated as the request says
        Optional<Scrutiny> resume = begun ? Optional.of(Scrutiny.SAME_RUN) : asked;
        CreateOptions options = new CreateOptions(request.output().overwrite(), request.output().writeThrough());
        // a leftover where nothing may be overwritten is this job's own: nothing stood there when it began
        if (resume.isPresent() || leftover && !options.overwrite()) {
            Optional<ImageFile> found = plugins.storeFor(request.target()).reopen(request.target(), options);
            if (found.isPresent()) {
                try (ImageFile file = found.get()) {
                    return plugins.formatNamed(request.layout().format()).holdsNothing(file)
                            ? beginAgain(device, recognition, file)
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

    private ImageResult beginAgain(GuardedDevice device, Recognition recognition, ImageFile file) throws ImagingException {
        if (!leftover) {
            monitor.notice("\"" + request.target() + "\" was left before anything was imaged: beginning a new image");
        }
        file.truncate(0);
        return begin(device, recognition, file);
    }

    private ImageResult begin(GuardedDevice device, Recognition recognition, ImageFile file) throws ImagingException {
        ImageSettings settings = ImageSettings.of(plugins, request.layout());
        ImageRun run = new ImageRun(plugins, request, monitor, device, recognition, file, settings.frameSize(),
                earlier);
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
        try (UnfinishedImage unfinished = format.reopen(file, plugins)) {
            ImageSettings settings = ImageSettings.resumed(plugins, request.layout(), unfinished.spec(), request.target());
            ImageRun run = new ImageRun(plugins, request, monitor, device, recognition, file, settings.frameSize(),
                    earlier);
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
        try (ImageReader reader = format.open(file, plugins)) {
            return Optional.of(reader.info());
        } catch (ImageFormatException | ImageDamagedException e) {
            // not complete: reopening it says what it is, or what is wrong with it
            return Optional.empty();
        }
    }

    private ImageResult alreadyComplete(ImageInfo image, ContainerFormat format, ImageFile file, GuardedDevice device,
            Recognition recognition) throws ImagingException {
        ExtentList unreadable = ExtentList.empty();
        if (image.unreadableBytes() > 0) {
            try (ImageReader reader = format.open(file, plugins)) {
                unreadable = UnreadableRanges.of(reader, UnreadableLog.MAX_RANGES);
            }
        }
        if (earlier.finishedHashes().isPresent()) {
            // by this job, which was interrupted between completing and publishing it
            return new ImageResult(image, recognition.allocator(), recognition.allocation().info(), earlier.bytesRead(),
                    unreadable, TouchedFiles.of(recognition, unreadable, monitor), earlier.resumed(), false,
                    earlier.finishedHashes().get(), Optional.empty(), earlier.statistics());
        }
        Optional<String> difference = SourceFacts.difference(image.spec(), device, recognition.allocation().info());
        if (difference.isPresent()) {
            throw new DeviceException(request.device(), -1, "is not the device that \"" + request.target()
                    + "\" is a complete image of: " + difference.get(),
                    "choose another name for the image, or replace it (--force without --resume)", null);
        }
        monitor.notice("\"" + request.target() + "\" is already complete");
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
}
