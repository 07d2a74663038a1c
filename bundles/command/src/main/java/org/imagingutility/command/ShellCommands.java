package org.imagingutility.command;

import org.imagingutility.api.job.ImagingService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The commands in the gogo shell, in scope {@code imaging}. A delayed component of its own: without a shell nobody asks
 * for it and it costs nothing. Has no class of gogo: properties make it known, {@code _main} is what gogo calls.
 */
@Component(service = ShellCommands.class, property = {
    "osgi.command.scope=imaging",
    "osgi.command.function=list", "osgi.command.function=image", "osgi.command.function=verify",
    "osgi.command.function=info", "osgi.command.function=restore", "osgi.command.function=repair",
    "osgi.command.function=export-raw", "osgi.command.function=export-range", "osgi.command.function=plugins",
    "osgi.command.function=demo"})
public final class ShellCommands {
    private final CommandLineRunner runner;

    /** Creates the commands for jobs that {@code service} runs. */
    @Activate
    public ShellCommands(@Reference ImagingService service) {
        this.runner = new CommandLineRunner(service, false);
    }

    /**
     * Runs a command; gogo calls a method of this name for every function, with the function's name first.
     *
     * @throws CommandFailedException if the command ended with another exit code than 0; it has told the user why
     */
    public void _main(String[] args) throws CommandFailedException {
        int exitCode = runner.run(args, Console.ofProcess());
        if (exitCode != ExitCodes.DONE) {
            throw new CommandFailedException(args[0], exitCode);
        }
    }
}
