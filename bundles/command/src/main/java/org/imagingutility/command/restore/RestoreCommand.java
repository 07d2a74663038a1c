package org.imagingutility.command.restore;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ExpectDigestOption;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.RestoreReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging restore}. */
@Command(name = "restore", sortOptions = false, customSynopsis = "imaging restore --in=FILE --device=TARGET [options]",
        description = {"Writes an image back to a device or a new raw file.", "What was not in use stays as it is on the "
                + "target. Refuses a mounted, smaller or system target."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class RestoreCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image.")
    private String image;

    @Option(names = "--device", required = true, paramLabel = "TARGET", description = "The device to write to, or a raw file to make.")
    private String target;

    @Option(names = "--zero-free", arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Make zeros of what was not in use. Default: ${DEFAULT-VALUE}.")
    private boolean zeroFree;

    @Option(names = "--discard", arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Give what was not in use back to the device or the file system (TRIM, holes), where that can be done. "
                    + "Default: ${DEFAULT-VALUE}.")
    private boolean discard;

    @Option(names = "--force", description = "Write to a device or a file that exists. What stood there is lost.")
    private boolean force;

    @Option(names = "--verify", arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Read back what was written and compare it. Default: ${DEFAULT-VALUE}.")
    private boolean verify;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Mixin
    private ExpectDigestOption digest = new ExpectDigestOption();

    @Override
    public Integer call() throws ImagingException {
        RestoreRequest request = ValidRequest.of(
                () -> new RestoreRequest(image, target, zeroFree, discard, force, verify, parallel.pipeline(),
                        digest.expected()));
        RestoreResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().restore(request, run);
        }
        imaging.result(() -> RestoreReport.print(imaging.console().out(), request, result),
                node -> ResultJson.write(node, result));
        return ExitCodes.DONE;
    }
}
