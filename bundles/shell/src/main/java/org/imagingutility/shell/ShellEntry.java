package org.imagingutility.shell;

import java.io.IOException;
import java.util.function.ToIntFunction;
import org.apache.felix.service.command.CommandProcessor;
import org.imagingutility.api.job.JobService;
import org.imagingutility.shell.command.ExitCodes;
import org.imagingutility.shell.command.Foreground;
import org.imagingutility.shell.command.GogoCommands;
import org.imagingutility.shell.interactive.RunningJobs;
import org.imagingutility.shell.session.Messages;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The entry for the launcher: opens the shell and returns the exit code when it is left. Published under an interface of the
 * JDK, so that the launcher need not share a class with any bundle. Immediate, because it also makes the commands known to
 * gogo, whoever asks for them.
 */
@Component(service = ToIntFunction.class, immediate = true, property = "imaging.shell=true")
public final class ShellEntry implements ToIntFunction<String[]> {
    /** Tells the launcher that this bundle is going and that its successor is to take over. */
    private static final int REPLACED = -1;
    private final BundleContext context;
    private final CommandProcessor processor;
    private final Foreground foreground = new Foreground();
    private final GogoCommands commands;
    private final RunningJobs jobs = new RunningJobs();

    /** Creates the entry; {@code processor} runs what is typed. */
    @Activate
    public ShellEntry(BundleContext context, @Reference CommandProcessor processor) {
        this.context = context;
        this.processor = processor;
        this.commands = new GogoCommands(context, processor, foreground);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindJobService(JobService service) {
        jobs.come(service);
    }

    void unbindJobService(JobService service) {
        jobs.go(service);
    }

    @Deactivate
    void deactivate() {
        foreground.replace();
        commands.close();
    }

    @Override
    public int applyAsInt(String[] args) {
        try (Shell shell = new Shell(context, processor, foreground, commands, jobs)) {
            int exitCode = shell.run(args);
            return foreground.isReplaced() ? REPLACED : exitCode;
        } catch (IOException e) {
            System.err.println(Messages.begin() + "the terminal cannot be used: " + e.getMessage());
            return ExitCodes.INPUT_OUTPUT;
        }
    }
}
