package org.imagingutility.command.export;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code imaging export-qcow2}. */
@Command(name = "export-qcow2", sortOptions = false, customSynopsis = "imaging export-qcow2 --in=FILE --out=FILE [options]",
        description = {"Writes the whole device of an image as a qcow2 disk.", "What was not in use becomes zeros, and zeros are not stored."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ExportQcow2Command implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Mixin
    private VirtualDiskExport job = new VirtualDiskExport();

    @Override
    public Integer call() throws ImagingException {
        return job.run(imaging, "qcow2");
    }
}
