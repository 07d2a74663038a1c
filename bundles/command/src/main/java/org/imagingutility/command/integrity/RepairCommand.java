package org.imagingutility.command.integrity;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.RepairJson;
import org.imagingutility.command.report.RepairReport;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging repair}. */
@Command(name = "repair", sortOptions = false, customSynopsis = "imaging repair --in=FILE [--out=NEW | --in-place] [options]",
        description = {"Finds out what is left of a damaged, cut off or unfinished image.",
            "Lists each damage, what of the device is lost by it and, where they can be told, the files. Without --out and "
                + "--in-place it only looks. Exit code 4 if something is damaged, 7 if a new image records losses."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class RepairCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image; may be an unfinished one (NAME.partial).")
    private String image;

    @Option(names = "--out", paramLabel = "NEW", description = "Write a new image of all that is left. What is lost becomes "
            + "zeros and is recorded as unreadable.")
    private String target;

    @Option(names = "--in-place", description = "Rewrite the damaged structures of the image itself. Frames cannot be brought back "
            + "that way.")
    private boolean inPlace;

    @Option(names = "--force", description = "Replace NEW if it exists.")
    private boolean force;

    @Option(names = "--json", description = "Print the result as one JSON object; lengths in bytes.")
    private boolean json;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Override
    public Integer call() throws ImagingException {
        RepairRequest request = ValidRequest.of(
                () -> new RepairRequest(image, Optional.ofNullable(target), force, inPlace, parallel.pipeline()));
        RepairResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().repair(request, run);
        }
        if (json) {
            new Json(imaging.console().out()).object(node -> RepairJson.write(node, result));
        } else {
            imaging.result(() -> RepairReport.print(imaging.console().out(), request, result),
                    node -> RepairJson.write(node, result));
        }
        return exitCode(request, result);
    }

    public static int exitCode(RepairRequest request, RepairResult result) {
        if (request.target().isPresent()) {
            return result.lost().count() == 0 ? ExitCodes.DONE : ExitCodes.RECORDED;
        }
        return result.intact() || request.inPlace() && result.damagesLeft() == 0 ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }
}
