package org.imagingutility.command.mount;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.TerminalText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging unmount}. */
@Command(name = "unmount", sortOptions = false, customSynopsis = "imaging unmount [--at=DIR]",
        description = {"Ends what \"mount\" began, and takes away what a \"mount\" left behind that was killed. Linux, root.",
            "Without --at only the latter."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class UnmountCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--at", order = 1, paramLabel = "DIR", description = "The folder that an image is mounted at.")
    private String at;

    @Override
    public Integer call() throws ImagingException {
        Mounter mounter = Mounter.ofSystem("IMAGE", at == null ? "DIR" : at);
        if (at != null) {
            mounter.unmount(at);
            imaging.result(() -> imaging.console().out().println(TerminalText.safe("Unmounted \"" + at + "\"")), node -> node.put("unmounted", at));
        } else {
            int count = mounter.clean();
            imaging.result(() -> imaging.console().out().println(count == 0 ? "Nothing was left behind" : "Took away what was left of " + count
                    + (count == 1 ? " mount" : " mounts")), node -> node.put("leftovers", count));
        }
        return ExitCodes.DONE;
    }
}
