package org.imagingutility.command.jobs;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.JobReports;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code parallel ID N}. */
@Command(name = "parallel", sortOptions = false, customSynopsis = "imaging parallel ID N [options]",
        description = {"Sets how many workers a running job may use."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ParallelCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(index = "0", paramLabel = "ID", description = "Number of the job.")
    private String id;

    @Parameters(index = "1", paramLabel = "N", description = "Worker threads, 1 to 256.")
    private int workers;

    @Override
    public Integer call() throws ImagingException {
        Job<?> job = imaging.jobs().job(id);
        job.workers(workers);
        imaging.console().out().println(JobReports.line(job.status()) + ", up to " + workers
                + (workers == 1 ? " worker" : " workers"));
        return ExitCodes.DONE;
    }
}
