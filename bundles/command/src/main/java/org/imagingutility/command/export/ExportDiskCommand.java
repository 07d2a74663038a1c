package org.imagingutility.command.export;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging export-disk}. */
@Command(name = "export-disk", sortOptions = false, customSynopsis = "imaging export-disk --in=FILE --out=FILE --format=NAME [options]",
        description = {"Writes the whole device of an image as a virtual disk of any installed format.", "What was not in use becomes zeros."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ExportDiskCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Mixin
    private VirtualDiskExport job = new VirtualDiskExport();

    @Option(names = "--format", required = true, order = 10, paramLabel = "NAME",
            description = "Format of the virtual disk; \"imaging plugins\" lists what there is.")
    private String format;

    @Override
    public Integer call() throws ImagingException {
        return job.run(imaging, format);
    }
}
