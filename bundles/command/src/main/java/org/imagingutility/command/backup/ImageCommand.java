package org.imagingutility.command.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.LayoutOptions;
import org.imagingutility.command.options.ReadErrorOptions;
import org.imagingutility.command.options.RepositoryOptions;
import org.imagingutility.command.options.ResumeOptions;
import org.imagingutility.command.options.SectorSizeOption;
import org.imagingutility.command.options.SourceOptions;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ImageReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.report.VolumesReport;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging image}. */
@Command(name = "image", sortOptions = false, customSynopsis = {"imaging image --device=DEVICE --out=FILE [options]",
        "imaging image --device=DEVICE --repository=REPOSITORY --name=NAME [options]",
        "imaging image --volumes=VOLUME,... --out-dir=DIR [options]"},
        description = {"Makes one image of one device, or of each of several volumes.", "Takes what the file system has in use where an allocator knows it, "
                + "else all blocks, and says so."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ImageCommand implements Callable<Integer>, DetachableCommand {
    private static final String IN_REPOSITORY = "imaging image --device=DEVICE --repository=REPOSITORY --name=NAME";

    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--device", paramLabel = "DEVICE",
            description = "What to image: a block device, a volume, a raw file, or with "
            + "#N behind it partition N of a disk or disk image.")
    private String device;

    @Option(names = "--out", paramLabel = "FILE", description = "The image to make.")
    private String target;

    @Mixin
    private RepositoryOptions place = new RepositoryOptions();

    @Option(names = "--volumes", paramLabel = "VOLUME", split = "[,;]", description = "Several volumes to image, with commas: C:,D:. With --snapshot "
            + "all are frozen at one moment.")
    private List<String> volumes;

    @Option(names = "--out-dir", paramLabel = "DIR", description = "The folder for the images of --volumes, named after them: C.skzimg. Made if it is "
            + "not there.")
    private String folder;

    @Option(names = "--snapshot-separately", arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Freeze volumes of --volumes that cannot be frozen together one by one, at moments of their own. "
                    + "Default: ${DEFAULT-VALUE}.")
    private boolean separately;

    @Option(names = "--force", description = "Replace an image that stands there, once the new one is complete, and an "
            + "unfinished one at once.")
    private boolean force;

    @Option(names = "--verify", arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Read the finished image back and verify every frame. Default: ${DEFAULT-VALUE}.")
    private boolean verify;

    @Option(names = "--hash", paramLabel = "NAME", split = ",",
            description = "Also compute digests over the whole device in order, free ranges as zeros: sha256, sha1, "
                    + "md5 ...; several with commas.")
    private List<String> hashes = List.of();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private SectorSizeOption sectorSize = new SectorSizeOption();

    @Mixin
    private ReadErrorOptions readErrors = new ReadErrorOptions();

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    @Mixin
    private ResumeOptions resume = new ResumeOptions();

    @Override
    public Integer call() throws ImagingException {
        if (place.asked()) {
            chooseRepository();
        } else {
            place.requireNoLabels();
        }
        return asksForSeveral() ? callForSeveral() : callForOne();
    }

    /** Makes the target an image in a repository, which must be there. */
    private void chooseRepository() throws ImagingException {
        if (device == null || target != null || folder != null || force || resume.asked()) {
            throw new UsageException("--repository and --name go together with --device, and neither with --out, --out-dir, --force nor --resume",
                    IN_REPOSITORY);
        }
        target = place.target(imaging.directService(), IN_REPOSITORY);
    }

    /** Says whether it is about several volumes. */
    private boolean asksForSeveral() throws UsageException {
        if (volumes == null && folder == null) {
            if (device == null || target == null) {
                throw new UsageException("what to image and where to is missing: " + (device == null ? "--device" : "--out"),
                        "imaging image --device=DEVICE --out=FILE, or for several volumes --volumes=C:,D: --out-dir=DIR");
            }
            return false;
        }
        if (device != null || target != null || volumes == null || folder == null) {
            throw new UsageException("--volumes and --out-dir go together, and neither with --device or --out",
                    "imaging image --volumes=C:,D: --out-dir=DIR");
        }
        return true;
    }

    private Integer callForSeveral() throws ImagingException {
        ImageVolumesRequest request = ValidRequest.of(() -> new ImageVolumesRequest(volumes.stream().map(String::strip)
                .filter(each -> !each.isEmpty()).toList(), folder, separately, resume.output(force, layout.writeThrough(), verify), source.source(),
                readErrors.readErrors(resume.asked()), layout.layout(resume.asked(), folder), layout.pipeline(), hashes));
        makeFolder();
        ImageVolumesResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().imageVolumes(request, run);
        }
        print(imaging, request, result);
        return exitCode(result);
    }

    private void makeFolder() throws TargetException {
        try {
            Files.createDirectories(Path.of(folder));
        } catch (IOException | InvalidPathException e) {
            throw new TargetException(folder, -1, "cannot be made: " + e, "choose another --out-dir", e);
        }
    }

    /** Shows what was made of several volumes, and what failed. */
    public static void print(ImagingCommand imaging, ImageVolumesRequest request, ImageVolumesResult result) {
        imaging.result(() -> VolumesReport.print(imaging.console().out(), request, result), node -> VolumesReport.write(node, result));
        imaging.console().out().flush();
        VolumesReport.printFailures(imaging.console().err(), result);
    }

    /**
     * Returns the exit code for what was made of several volumes, the worst of all: where images are missing that of the first failure,
     * else that a verification found damage, else that ranges could not be read.
     */
    public static int exitCode(ImageVolumesResult result) {
        if (!result.isComplete()) {
            return ExitCodes.of(result.failed().get(0).failure().orElseThrow());
        }
        boolean damaged = false;
        boolean recorded = false;
        for (ImageResult image : result.images()) {
            int code = exitCode(image);
            damaged |= code == ExitCodes.DAMAGED;
            recorded |= code == ExitCodes.RECORDED;
        }
        return damaged ? ExitCodes.DAMAGED : recorded ? ExitCodes.RECORDED : ExitCodes.DONE;
    }

    private Integer callForOne() throws ImagingException {
        ImageRequest request = ValidRequest.of(() -> new ImageRequest(device, target,
                resume.output(force, layout.writeThrough(), verify), source.source().withSectorSize(sectorSize.value()), readErrors.readErrors(resume.asked()),
                place.layout(layout.layout(resume.asked(), target)), layout.pipeline(), hashes, place.labels()));
        ImageResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().image(request, run);
        }
        imaging.result(() -> ImageReport.print(imaging.console().out(), request, result),
                node -> ResultJson.write(node, result));
        return exitCode(result);
    }

    /** Returns the exit code for an image that was made: that of damage, else that of ranges that could not be read. */
    public static int exitCode(ImageResult result) {
        if (result.verified().isPresent() && !result.verified().get().intact()) {
            return ExitCodes.DAMAGED;
        }
        return result.unreadable().count() > 0 ? ExitCodes.RECORDED : ExitCodes.DONE;
    }
}
