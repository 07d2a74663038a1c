package org.imagingutility.command;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.report.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging verify}. */
@Command(name = "verify", sortOptions = false, customSynopsis = "imaging verify --in=FILE [options]",
        description = {"Verifies an image: every frame is decompressed and compared with its digest.",
            "Prints each damage with its place in the file and on the device. Exit code 4 if there is any."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image.")
    private String image;

    @Option(names = "--quick", description = "Check the structure and the frames of the first, the last and evenly "
            + "spread chunks only; the report says what share that was.")
    private boolean quick;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Override
    public Integer call() throws ImagingException {
        VerifyRequest request = Requests.checked(() -> new VerifyRequest(image, quick, parallel.pipeline()));
        VerifyResult result;
        try (JobRun run = imaging.beginJob()) {
            result = imaging.service().verify(request, run);
        }
        imaging.result(() -> VerifyReport.print(imaging.console().out(), image, quick, result),
                node -> ResultJson.write(node, result));
        return result.intact() ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }
}
