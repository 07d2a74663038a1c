package org.imagingutility.engine.image;

import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.layout.DividedDisk;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.progress.RetryBackoff;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.resume.CheckDepth;
import org.imagingutility.engine.retry.RetryBadJob;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.LeftOut;
import org.imagingutility.engine.source.ReopenCheck;
import org.imagingutility.engine.source.Snapshots;
import org.imagingutility.engine.source.SourceDevices;
import org.imagingutility.engine.source.SourceOpener;
import org.imagingutility.engine.targets.SelfOverwriteCheck;
import org.imagingutility.engine.verify.VerifyJob;
import org.imagingutility.engine.write.ImageSettings;

/**
 * Makes one image of one device: a new one, or what is left of one that was interrupted. A target that goes away and comes
 * back in time interrupts the job as well, which then resumes by itself.
 */
public final class ImageJob {
    private final JobPlugins plugins;
    private final ImageRequest request;
    private final JobMonitor monitor;
    private final RetryBackoff backoff;
    private final Source source;
    private EarlierAttempts earlier;
    private ImageAttempts attempts;
    /** The device and file system as they were when they were opened first: what comes back must be the same. */
    private DeviceInfo opened;
    private FileSystemInfo recognised;
    private Optional<String> contradiction = Optional.empty();

    /** Creates the job; {@link #run} runs it once. */
    public ImageJob(JobPlugins plugins, ImageRequest request) {
        this(plugins, request, () -> SourceDevices.open(plugins, request.device(), request.source().sectorSize(),
                plugins.monitor()::notice));
    }

    /** Creates a job of a device that {@code source} opens; the request's device is but its name. */
    public ImageJob(JobPlugins plugins, ImageRequest request, Source source) {
        this.source = source;
        this.plugins = plugins;
        this.request = request;
        this.monitor = plugins.monitor();
        this.backoff = new RetryBackoff(request.output().retryTarget(), this.monitor);
    }

    /** Opens the device that is imaged. */
    @FunctionalInterface
    public interface Source {
        /** Opens it; the job closes it. */
        Device open() throws ImagingException;
    }

    /** Runs the job. */
    public ImageResult run() throws ImagingException {
        checkRequest();
        return finished(request.source().snapshot() ? Snapshots.during(plugins, this::completed) : completed());
    }

    /** Does what is left when the image is there and its device is not needed any more. */
    ImageResult finished(ImageResult made) throws ImagingException {
        ImageResult result = made;
        if (request.readErrors().retryRecorded() && result.image().unreadableBytes() > 0) {
            result = plugins.runRestartable("reading what the image lacks", () -> new RetryBadJob(plugins, request, monitor).run());
        }
        return request.output().verify() ? verified(result) : result;
    }

    /** Makes the image, of the device as the job's plug-ins open it. */
    ImageResult completed() throws ImagingException {
        earlier = new EarlierAttempts(request.linearHashes());
        attempts = new ImageAttempts(plugins, request, backoff, earlier);
        try {
            return plugins.runResumable(() -> {
                try (GuardedDevice device = open()) {
                    return plugins.runResumable(() -> whileTheTargetLasts(device, recognise(device)));
                }
            });
        } catch (ImagingException e) {
            if (attempts.started()) {
                monitor.notice("the image is kept unfinished: the same command with "
                        + Snapshots.resumeOptions(request.source().snapshot()) + " continues it");
            }
            throw e;
        }
    }

    private GuardedDevice open() throws ImagingException {
        if (opened == null) {
            GuardedDevice device = SourceOpener.guard(source.open(), request.readErrors(), monitor);
            opened = device.info();
            if (!opened.mountPoints().isEmpty()) {
                monitor.notice("\"" + request.device() + "\" is mounted at " + String.join(", ", opened.mountPoints())
                        + ": what changes while it is read makes the image inconsistent; unmount it, or mount it read-only");
            }
            return device;
        }
        GuardedDevice device;
        try {
            device = SourceOpener.guard(source.open(), request.readErrors(), monitor);
        } catch (DeviceException | UsageException | NotPermittedException e) {
            throw plugins.interrupted() ? e : refused("it does not open the device any more: " + e.getMessage());
        }
        Optional<String> difference = ReopenCheck.difference(opened, device.info());
        if (difference.isPresent()) {
            device.close();
            throw refused("its device is another one: " + difference.get());
        }
        return device;
    }

    private CancelledException refused(String reason) {
        return plugins.refuse(plugins.deviceProviders(), request.device(), reason);
    }

    /** Finds out what is in use, and what of it is not kept: told of once, and each time found out from the device as it is. */
    private ProbeResult recognise(GuardedDevice device) throws ImagingException {
        device.restart();
        device.leaveOut(LeftOut.NOTHING);
        boolean first = recognised == null;
        ProbeResult probed = recogniseContent(device);
        if (!request.source().keepAllFiles()) {
            LeftOut leftOut = probed.leftOut();
            device.leaveOut(leftOut);
            if (first && !leftOut.isNothing()) {
                monitor.notice("the content of " + leftOut.paths() + " on \"" + request.device() + "\" ("
                        + leftOut.bytes(device.length()) + " bytes) is not kept, because the system recreates it: zeros are restored there"
                        + " (--keep-all-files keeps it)");
            }
        }
        return probed;
    }

    private ProbeResult recogniseContent(GuardedDevice device) throws ImagingException {
        if (recognised == null) {
            ProbeResult first = content(device, monitor);
            recognised = first.allocation().info();
            contradiction = first.contradiction();
            return first;
        }
        if (contradiction.isPresent()) {
            return ProbeResult.contradicted(plugins, device, contradiction.get());
        }
        Optional<String> difference;
        try {
            ProbeResult again = content(device, JobMonitor.NONE);
            if (again.allocation().info().equals(recognised)) {
                return again;
            }
            difference = Optional.of("it finds " + again.allocation().info() + ", the one before " + recognised);
        } catch (FileSystemException | UsageException e) {
            if (plugins.interrupted()) {
                throw e;
            }
            difference = Optional.of("it does not know the file system: " + e.getMessage());
        }
        throw plugins.refuse(plugins.allocators(), device.info().reference(), difference.get());
    }

    private ProbeResult content(GuardedDevice device, JobMonitor told) throws ImagingException {
        return ProbeResult.of(plugins, device, request.source().allBlocks(), told,
                () -> DividedDisk.find(plugins, device, request.source(), told));
    }

    /** Finds what is wrong with the request before anything is opened. */
    void checkRequest() throws ImagingException {
        if (request.source().snapshot() && request.readErrors().retryRecorded()) {
            throw new UsageException("a snapshot is another moment than the one the image was made of",
                    "leave out --snapshot, or --retry-bad");
        }
        plugins.runResumable(() -> {
            checkNames();
            return request;
        });
        SelfOverwriteCheck.refuse(request.device(), request.target());
    }

    private void checkNames() throws ImagingException {
        if (request.output().resume().isEmpty() || request.layout().codec().isPresent()) {
            ImageSettings.of(plugins, request.layout());
        }
        plugins.formatNamed(request.layout().format());
        new LinearHashes(request.linearHashes());
    }

    private ImageResult whileTheTargetLasts(GuardedDevice device, ProbeResult probed) throws ImagingException {
        Optional<CheckDepth> asked = request.output().resume().map(ImageJob::depth);
        while (true) {
            ImagingException trouble;
            try {
                return plugins.runResumable(() -> attempts.attempt(device, probed, asked));
            } catch (TargetException e) {
                if (!e.mayPass()) {
                    throw e;
                }
                trouble = e;
            } catch (ImageReadException e) {
                if (!attempts.started()) {
                    throw e;
                }
                // what this job has written cannot be read back: the target is away
                trouble = e;
            }
            if (!backoff.awaitRetry(trouble.getMessage())) {
                throw trouble;
            }
            earlier.targetWasAway();
        }
    }

    private static CheckDepth depth(ResumeCheck check) {
        return switch (check) {
            case FULL -> CheckDepth.FULL;
            case QUICK -> CheckDepth.SAMPLE;
            case NONE -> CheckDepth.NONE;
        };
    }

    private ImageResult verified(ImageResult result) throws ImagingException {
        VerifyResult verified = new VerifyJob(plugins,
                new VerifyRequest(attempts.made(), false, false, true, request.pipeline(),
                        DigestProof.expectation(result.image().digests()))).run();
        return new ImageResult(result.image(), result.allocator(), result.fileSystem(), result.bytesRead(),
                result.unreadable(), result.touchedFiles(), result.resumed(), result.alreadyComplete(),
                result.linearHashes(), Optional.of(verified), result.statistics());
    }
}
