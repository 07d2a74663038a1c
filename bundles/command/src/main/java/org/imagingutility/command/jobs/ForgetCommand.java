package org.imagingutility.command.jobs;

import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging forget ID}. */
@Command(name = "forget", sortOptions = false, customSynopsis = "imaging forget ID... [options]",
        description = {"Takes jobs that do not run off the list.", "What they wrote stays."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ForgetCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Numbers of jobs.")
    private List<String> ids = List.of();

    @Override
    public Integer call() throws ImagingException {
        for (String id : ids) {
            imaging.jobs().job(id); // nothing is done if one of them is misspelt
        }
        for (String id : ids) {
            imaging.jobs().service().forget(id);
        }
        return ExitCodes.DONE;
    }
}
