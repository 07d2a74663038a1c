package org.imagingutility.command.inspect;

import java.util.concurrent.Callable;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.InfoReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging info}. */
@Command(name = "info", sortOptions = false, customSynopsis = "imaging info --in=FILE [options]",
        description = {"Shows what an image says of itself: device, times, ratio, chunks, digests.",
            "Reads header, index and footer, and the tables of chunks with unreadable ranges."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class InfoCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image.")
    private String image;

    @Option(names = "--json", description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Option(names = "--bad-map-out", paramLabel = "FILE",
            description = "Also write a map file as GNU ddrescue does: + what the image holds, - what could not be read, "
                    + "? what is not in the image.")
    private String badMap;

    @Override
    public Integer call() throws ImagingException {
        ImageInfo info = imaging.directService().info(image);
        ExtentList unreadable = info.unreadableBytes() > 0 ? imaging.directService().unreadable(image) : ExtentList.empty();
        if (badMap != null) {
            imaging.directService().writeBadMap(image, badMap);
        }
        if (json) {
            new Json(imaging.console().out()).object(node -> ResultJson.write(node, info, unreadable));
        } else {
            InfoReport.print(imaging.console().out(), image, info, unreadable);
        }
        return ExitCodes.DONE;
    }
}
