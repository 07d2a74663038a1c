package org.imagingutility.command;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code imaging export-raw}. */
@Command(name = "export-raw", sortOptions = false, customSynopsis = "imaging export-raw --in=FILE --out=FILE [options]",
        description = {"Writes the whole device of an image to a raw file.", "What was not in use becomes zeros."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
final class ExportRawCommand implements Callable<Integer>, JobCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Mixin
    private ExportJob job = new ExportJob();

    @Override
    public Integer call() throws ImagingException {
        return job.run(imaging, 0, -1);
    }
}
