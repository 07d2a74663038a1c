package org.imagingutility.command.export;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
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
@Command(name = "convert", sortOptions = false, customSynopsis = "imaging convert --in=FILE --out=FILE [options]",
        description = {"Rewrites an image as skz: one of the C# tool, or one with another codec, level or division.",
            "Content, allocation, unreadable ranges, facts of the device and time stay."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ConvertCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image to read.")
    private String image;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The image to make.")
    private String target;

    @Option(names = "--force", description = "Replace an image that stands there, once the new one is complete.")
    private boolean force;

    @Option(names = "--verify", description = "Read the finished image back and verify every frame.")
    private boolean verify;

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    @Override
    public Integer call() throws ImagingException {
        ConvertRequest request = ValidRequest.of(() -> new ConvertRequest(image, target, force, layout.writeThrough(), verify,
                layout.layout(false, target), layout.pipeline()));
        ConvertResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().convert(request, run);
        }
        imaging.result(() -> ConvertReport.print(imaging.console().out(), request, result),
                node -> ConvertReport.write(node, result));
        return result.verified().map(VerifyResult::intact).orElse(true) ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }
}
