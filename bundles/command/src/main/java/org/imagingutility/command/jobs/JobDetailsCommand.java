package org.imagingutility.command.jobs;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.JobReports;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging job ID}. */
@Command(name = "job", sortOptions = false, customSynopsis = "imaging job ID [options]",
        description = {"Shows one job.", "If it came to its end in this process, its result as well."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class JobDetailsCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(paramLabel = "ID", description = "Number of the job.")
    private String id;

    @Option(names = "--json", description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        Job<?> job = imaging.jobs().job(id);
        JobStatus status = job.status();
        if (json) {
            new Json(imaging.console().out()).object(node -> JobReports.write(node, status));
            return ExitCodes.DONE;
        }
        JobReports.print(imaging.console().out(), status);
        if (status.state() == JobState.DONE) {
            // one of an earlier process has left no result, which its await says
            JobOutcome.of(job).filter(outcome -> outcome.result().isPresent())
                    .ifPresent(outcome -> outcome.print(imaging));
        }
        return ExitCodes.DONE;
    }
}
