package org.imagingutility.command.export;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging export-vhd}. */
@Command(name = "export-vhd", sortOptions = false, customSynopsis = "imaging export-vhd --in=FILE --out=FILE [options]",
        description = {"Writes the whole device of an image as a VHD disk, up to 2040 GiB.", "What was not in use becomes zeros, and zeros are not stored."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ExportVhdCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Mixin
    private VirtualDiskExport job = new VirtualDiskExport();

    @Option(names = "--fixed", order = 10, description = "Write a fixed disk: as long as the device, what holds zeros sparse.")
    private boolean fixed;

    @Override
    public Integer call() throws ImagingException {
        return job.run(imaging, fixed ? "vhd-fixed" : "vhd");
    }
}
