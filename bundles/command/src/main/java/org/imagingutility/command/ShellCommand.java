package org.imagingutility.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.command.text.ProgramName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code imaging shell}: only its help. The launcher opens the shell by itself, as it needs another container for that; the
 * command is called where there is none.
 */
@Command(name = "shell", sortOptions = false, customSynopsis = "imaging [shell [SCRIPT [ARG...] | -c COMMANDS]]",
        description = {"Opens a shell for the same commands, and for jobs and bundles.", "It has completion, history and jobs in the "
                + "background. With SCRIPT it runs the commands of that file, and without a terminal those of standard input."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
final class ShellCommand implements Callable<Integer> {
    @Option(names = "-c", paramLabel = "COMMANDS", description = "Run these commands, with ; between them.")
    private String commands;

    @Parameters(paramLabel = "ARG", arity = "0..*", description = "A script (FILE.gogo), and what it finds in $args.")
    private List<String> script = List.of();

    @Override
    public Integer call() throws ImagingException {
        throw new UsageException("this distribution has no shell", "name a command: " + ProgramName.ofProcess() + " COMMAND");
    }
}
