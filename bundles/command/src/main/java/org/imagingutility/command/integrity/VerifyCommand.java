package org.imagingutility.command.integrity;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ExpectDigestOption;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.report.VerifyReport;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.ProgramName;
import org.imagingutility.command.text.TerminalText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging verify}. */
@Command(name = "verify", sortOptions = false, customSynopsis = "imaging verify --in=FILE [options]",
        description = {"Verifies an image: every frame is decompressed and compared with its digest.",
            "Prints each damage with its place in the file and on the device. Exit code 4 if there is any."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class VerifyCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image.")
    private String image;

    @Option(names = "--quick", arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Check the structure, but only a sample of the frames: every 16th, and more of the first and the last "
            + "chunk. The report says what share that was and what chance a damage has to be missed. Default: ${DEFAULT-VALUE}.")
    private boolean quick;

    @Option(names = "--first", description = "Stop at the first damage; without it all damage is listed.")
    private boolean first;

    @Option(names = "--uncached", arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Read from the medium, past the system's cache, where the store can do that. Default: ${DEFAULT-VALUE}.")
    private boolean uncached;

    @Option(names = "--markers", arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Leave a file beside the image that says what was found: FILE.VerifiedFull, "
            + "FILE.VerifiedQuick or FILE.BadImage. Its content is the result as JSON. Default: ${DEFAULT-VALUE}.")
    private boolean markers;

    @Option(names = "--json", description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Mixin
    private ExpectDigestOption digest = new ExpectDigestOption();

    @Override
    public Integer call() throws ImagingException {
        VerifyRequest request = ValidRequest.of(
                () -> new VerifyRequest(image, quick, first, uncached, parallel.pipeline(), digest.expected()));
        if (markers && imaging.detached()) {
            throw new UsageException("a marker is written when the result is there: --markers does not go with --detach",
                    "leave one of them out");
        }
        Optional<VerifyMarker> marker = markers ? Optional.of(VerifyMarker.begin(image)) : Optional.empty();
        VerifyResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().verify(request, run);
        } catch (ImageDamagedException e) {
            if (marker.isPresent()) {
                markDamaged(marker.get(), e);
            }
            throw e;
        }
        if (json) {
            new Json(imaging.console().out()).object(node -> ResultJson.write(node, result));
        } else {
            imaging.result(() -> VerifyReport.print(imaging.console().out(), request, result),
                    node -> ResultJson.write(node, result));
        }
        if (marker.isPresent()) {
            mark(marker.get(), result);
        }
        return result.intact() ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }

    private void mark(VerifyMarker marker, VerifyResult result) throws TargetException {
        try {
            marker.found(result);
        } catch (TargetException e) {
            if (result.intact()) {
                throw e;
            }
            // the exit code is to say that the image is damaged
            imaging.console().err().println(ProgramName.ofProcess() + ": " + TerminalText.safe(e.getMessage()));
        }
    }

    private static void markDamaged(VerifyMarker marker, ImageDamagedException damage) {
        try {
            marker.damaged(node -> node.put("intact", false).put("message", damage.getMessage()));
        } catch (TargetException e) {
            damage.addSuppressed(e);
        }
    }
}
