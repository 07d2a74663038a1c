package org.imagingutility.command.export;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.LayoutOptions;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ConvertReport;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging convert}. */
@Command(name = "convert", sortOptions = false, customSynopsis = {"imaging convert --in=FILE --out=FILE [options]",
        "imaging convert --in=FILE --repository=REPOSITORY --name=NAME [options]"},
        description = {"Rewrites an image as skz: one of the C# tool, or one with another codec, level or division; or brings it into a"
                + " repository, or out of one (--in=REPOSITORY#NAME).",
            "Content, allocation, unreadable ranges, facts of the device and time stay. Where codec and frame size stay, too, frames are moved"
                + " as they are stored, unless --level is given."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ConvertCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image to read.")
    private String image;

    @Option(names = "--out", paramLabel = "FILE", description = "The image to make.")
    private String target;

    @Option(names = "--repository", paramLabel = "REPOSITORY", description = "Bring the image into a repository.")
    private String repository;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of the image in the repository.")
    private String name;

    @Option(names = "--force", description = "Replace an image that stands there, once the new one is complete.")
    private boolean force;

    @Option(names = "--verify", description = "Read the finished image back and verify every frame.")
    private boolean verify;

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    @Override
    public Integer call() throws ImagingException {
        chooseTarget();
        ConvertRequest request = ValidRequest.of(() -> new ConvertRequest(image, target, force, layout.writeThrough(), verify,
                layout(), layout.pipeline()));
        ConvertResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().convert(request, run);
        }
        imaging.result(() -> ConvertReport.print(imaging.console().out(), request, result),
                node -> ConvertReport.write(node, result));
        return result.verified().map(VerifyResult::intact).orElse(true) ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }

    private void chooseTarget() throws ImagingException {
        boolean kept = repository != null && name != null;
        if (kept == (target != null) || !kept && (repository != null || name != null) || kept && force) {
            throw new UsageException("where the image is to be is --out, or --repository and --name, which have no --force",
                    "imaging convert --in=FILE --out=FILE, or imaging convert --in=FILE --repository=REPOSITORY --name=NAME");
        }
        if (kept) {
            // refuses what is no repository or no name
            imaging.directService().images(repository, Optional.of(name));
            target = repository + "#" + name;
        }
    }

    /** What is to be in a repository is made nowhere else. */
    private ImageRequest.Layout layout() {
        ImageRequest.Layout asked = layout.layout(false, target);
        return repository == null ? asked
                : new ImageRequest.Layout("repository", asked.codec(), asked.level(), asked.frameSize(), asked.chunkSize());
    }
}
