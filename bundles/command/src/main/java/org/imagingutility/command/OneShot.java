package org.imagingutility.command;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobService;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.inspect.RefusedBundles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The entry for the command line: takes its arguments, runs the command, returns the exit code. Published under an
 * interface of the JDK, so that the launcher need not share a class with any bundle.
 */
@Component(service = ToIntFunction.class, property = "imaging.main=true")
public final class OneShot implements ToIntFunction<String[]> {
    private final ImagingService service;
    private final Configuration configuration;
    /** There as soon as all bundles have started; few commands ask for it. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile JobService jobs;
    /** What the launcher refused, published by it; there only if it accepts signed bundles alone. */
    @Reference(service = Supplier.class, target = "(imaging.refused=true)", cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    private volatile Supplier<List<Map<String, String>>> refused;

    /** Creates the entry for jobs that {@code service} runs. */
    @Activate
    public OneShot(@Reference ImagingService service, @Reference Configuration configuration) {
        this.service = service;
        this.configuration = configuration;
    }

    @Override
    public int applyAsInt(String[] args) {
        return CommandLineRunner.ofProcess(service, configuration, () -> jobs).showing(RefusedBundles.of(() -> refused)).run(args, Console.ofProcess());
    }
}
