package org.imagingutility.command.backup;

import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.LayoutOptions;
import org.imagingutility.command.options.ReadErrorOptions;
import org.imagingutility.command.options.ResumeOptions;
import org.imagingutility.command.options.SectorSizeOption;
import org.imagingutility.command.options.SourceOptions;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ImageReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging image}. */
@Command(name = "image", sortOptions = false, customSynopsis = "imaging image --device=DEVICE --out=FILE [options]",
        description = {"Makes one image of one device.", "Takes what the file system has in use where an allocator knows it, "
                + "else all blocks, and says so."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ImageCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--device", required = true, paramLabel = "DEVICE",
            description = "What to image: a block device, a volume, a raw file, or with "
            + "#N behind it partition N of a disk or disk image.")
    private String device;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The image to make.")
    private String target;

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
        ImageRequest request = ValidRequest.of(() -> new ImageRequest(device, target,
                resume.output(force, layout.writeThrough(), verify), source.source().withSectorSize(sectorSize.value()), readErrors.readErrors(resume.asked()),
                layout.layout(resume.asked(), target), layout.pipeline(), hashes));
        ImageResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().image(request, run);
        }
        imaging.result(() -> ImageReport.print(imaging.console().out(), request, result),
                node -> ResultJson.write(node, result));
        return exitCode(result);
    }

    public static int exitCode(ImageResult result) {
        if (result.verified().isPresent() && !result.verified().get().intact()) {
            return ExitCodes.DAMAGED;
        }
        return result.unreadable().count() > 0 ? ExitCodes.RECORDED : ExitCodes.DONE;
    }
}
