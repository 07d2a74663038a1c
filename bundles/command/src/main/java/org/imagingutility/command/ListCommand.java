package org.imagingutility.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.command.report.Json;
import org.imagingutility.command.report.ListReports;
import org.imagingutility.command.report.ResultJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging list}. */
@Command(name = "list", sortOptions = false, customSynopsis = "imaging list [options]", description = "Lists devices, what is on them and where they are mounted.",
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--json", description = "Print one JSON object instead of a table; lengths in bytes.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        List<DeviceListing> devices = imaging.service().devices();
        if (json) {
            new Json(imaging.console().out()).object(node -> node.objects("devices", devices, ResultJson::write));
        } else {
            ListReports.printDevices(imaging.console().out(), devices);
        }
        return ExitCodes.DONE;
    }
}
