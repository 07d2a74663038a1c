package org.imagingutility.command.integrity;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ExpectSetDigestOption;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.SetPlace;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.report.SetJson;
import org.imagingutility.command.report.SetReport;
import org.imagingutility.command.report.VerifyReport;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging verify-set}. */
@Command(name = "verify-set", sortOptions = false, customSynopsis = "imaging verify-set --set-dir=DIR [options]",
        description = {"Verifies a backup set, of this program or of the C# tool: the manifest and everything it names.",
            "Says what became of each file. Exit code 4 if one is damaged or missing."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class VerifySetCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--set-dir", required = true, paramLabel = "DIR", description = "The folder of the set; or REPOSITORY#NAME, an image of a disk in a "
            + "repository.")
    private String folder;

    @Option(names = "--quick", description = "Check only a sample of the frames of images, and no SHA-256 of whole image files.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Mixin
    private ExpectSetDigestOption digest = new ExpectSetDigestOption();

    @Override
    public Integer call() throws ImagingException {
        if (SetPlace.isImage(folder)) {
            return verifyImage();
        }
        VerifySetRequest request = ValidRequest.of(() -> new VerifySetRequest(folder, quick, parallel.pipeline(),
                digest.expected()));
        VerifySetResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().verifySet(request, run);
        }
        if (json) {
            new Json(imaging.console().out()).object(node -> SetJson.write(node, result));
        } else {
            imaging.result(() -> SetReport.print(imaging.console().out(), request, result), node -> SetJson.write(node, result));
        }
        return result.intact() ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }

    private Integer verifyImage() throws ImagingException {
        VerifyRequest request = ValidRequest.of(() -> new VerifyRequest(folder, quick, false, false, parallel.pipeline(), digest.expected()));
        VerifyResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().verify(request, run);
        }
        if (json) {
            new Json(imaging.console().out()).object(node -> ResultJson.write(node, result));
        } else {
            imaging.result(() -> VerifyReport.print(imaging.console().out(), request, result), node -> ResultJson.write(node, result));
        }
        return result.intact() ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }
}
