package org.imagingutility.command.jobs;

import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.JobReports;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging jobs}. */
@Command(name = "jobs", sortOptions = false, customSynopsis = "imaging jobs [options]",
        description = {"Lists jobs that run, wait, were interrupted or are done.", "Interrupted, suspended, cancelled and failed "
                + "ones can be resumed; what is kept of a job is gone with forget."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class JobsCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--json", description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        List<JobStatus> jobs = imaging.jobs().service().jobs();
        if (json) {
            new Json(imaging.console().out()).object(node -> node.objects("jobs", jobs, JobReports::write));
        } else {
            JobReports.print(imaging.console().out(), jobs);
        }
        return ExitCodes.DONE;
    }
}
