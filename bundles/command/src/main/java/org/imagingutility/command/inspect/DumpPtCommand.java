package org.imagingutility.command.inspect;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.DiskOption;
import org.imagingutility.command.options.SizeConverter;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.TerminalText;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging dump-pt}. */
@Command(name = "dump-pt", sortOptions = false, customSynopsis = "imaging dump-pt (--device=DEVICE | --disk=N) --out=FILE [options]",
        description = "Copies the first bytes of a disk, where its partition table stands, to a file as they are.",
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class DumpPtCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @ArgGroup(multiplicity = "1")
    private DiskOption disk = new DiskOption();

    @Option(names = "--out", required = true, paramLabel = "FILE", order = 3, description = "The file to make.")
    private String file;

    @Option(names = "--bytes", order = 4, paramLabel = "SIZE", defaultValue = "1M", converter = SizeConverter.class,
            description = "How much to copy. Default: ${DEFAULT-VALUE}.")
    private long bytes;

    @Option(names = "--force", order = 5, description = "Replace a file that stands there.")
    private boolean force;

    @Override
    public Integer call() throws ImagingException {
        String device = disk.reference(imaging.directService());
        long copied = imaging.directService().dumpHead(device, file, bytes, force);
        imaging.result(() -> imaging.console().out().println(TerminalText.safe("Copied the first "
                + ByteSizes.formatExactly(copied) + " of \""
                + device + "\" to \"" + file + "\"")), node -> node.put("device", device).put("file", file).put("bytes", copied));
        return ExitCodes.DONE;
    }
}
