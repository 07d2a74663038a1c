package org.imagingutility.command.export;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code imaging export-vhdx}. */
@Command(name = "export-vhdx", sortOptions = false, customSynopsis = "imaging export-vhdx --in=FILE --out=FILE [options]",
        description = {"Writes the whole device of an image as a VHDX disk, up to 64 TiB.", "What was not in use becomes zeros, and zeros are not stored."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ExportVhdxCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Mixin
    private VirtualDiskExport job = new VirtualDiskExport();

    @Override
    public Integer call() throws ImagingException {
        return job.run(imaging, "vhdx");
    }
}
