package org.imagingutility.command.restore;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.options.DiskOption;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code imaging restore-physical}: the C# tool's name for restore-set to a disk. */
@Command(name = "restore-physical", sortOptions = false,
        customSynopsis = "imaging restore-physical --set-dir=DIR TARGET --force [options]",
        description = "Another name for restore-set to a disk; TARGET is one of --device and --disk.", descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class RestorePhysicalCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @ArgGroup(multiplicity = "1")
    private DiskOption disk = new DiskOption();

    @Mixin
    private RestoreSetOptions options = new RestoreSetOptions();

    @Override
    public Integer call() throws ImagingException {
        return options.restore(imaging, disk.reference(imaging.directService()), true);
    }
}
