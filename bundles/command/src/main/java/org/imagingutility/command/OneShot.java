package org.imagingutility.command;

import java.util.function.ToIntFunction;
import org.imagingutility.api.job.ImagingService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The entry for the command line: takes its arguments, runs the command, returns the exit code. Published under an
 * interface of the JDK, so that the launcher need not share a class with any bundle.
 */
@Component(service = ToIntFunction.class, property = "imaging.main=true")
public final class OneShot implements ToIntFunction<String[]> {
    private final CommandLineRunner runner;

    /** Creates the entry for jobs that {@code service} runs. */
    @Activate
    public OneShot(@Reference ImagingService service) {
        this.runner = new CommandLineRunner(service, true);
    }

    @Override
    public int applyAsInt(String[] args) {
        return runner.run(args, Console.ofProcess());
    }
}
