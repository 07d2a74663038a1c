package org.imagingutility.command.export;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code imaging export-raw}. */
@Command(name = "export-raw", sortOptions = false, customSynopsis = "imaging export-raw --in=FILE --out=FILE [options]",
        description = {"Writes the whole device of an image to a raw file.", "What was not in use becomes zeros."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ExportRawCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Mixin
    private RawExport job = new RawExport();

    @Override
    public Integer call() throws ImagingException {
        return job.run(imaging, 0, -1);
    }
}
