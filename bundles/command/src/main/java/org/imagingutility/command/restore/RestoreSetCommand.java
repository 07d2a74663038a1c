package org.imagingutility.command.restore;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.options.DiskOption;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging restore-set}. */
@Command(name = "restore-set", sortOptions = false,
        customSynopsis = "imaging restore-set --set-dir=DIR TARGET [options]",
        description = {"Restores a whole disk from its backup set, of this program or of the C# tool.",
            "TARGET is one of --out-raw, --device and --disk. On a larger disk the backup of a GPT goes to the end. Refuses a mounted, system, write-protected or too small target."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class RestoreSetCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Mixin
    private RestoreSetOptions options = new RestoreSetOptions();

    /** Where to. */
    static final class Target {
        @Option(names = "--out-raw", required = true, paramLabel = "FILE", order = 1, description = "Make a raw file with the content of the disk.")
        private String file;

        @Option(names = "--device", required = true, paramLabel = "DEVICE", order = 2, description = "Write to this disk; needs --force.")
        private String device;

        @Option(names = "--disk", required = true, paramLabel = "N", order = 3, description = "Write to the disk with this number in \"imaging list\"; "
                + "needs --force.")
        private Integer number;
    }

    @Override
    public Integer call() throws ImagingException {
        if (target.number != null) {
            return options.restore(imaging, DiskOption.byNumber(imaging.directService(), target.number), true);
        }
        return options.restore(imaging, target.file != null ? target.file : target.device, target.file == null);
    }
}
