package org.imagingutility.command.jobs;

import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.DiskExportResult;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.command.backup.ImageCommand;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.integrity.RepairCommand;
import org.imagingutility.command.report.ConvertReport;
import org.imagingutility.command.report.DiskExportReport;
import org.imagingutility.command.report.ExtractReport;
import org.imagingutility.command.report.ImageReport;
import org.imagingutility.command.report.RepairJson;
import org.imagingutility.command.report.RepairReport;
import org.imagingutility.command.report.RestoreReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.report.ServeReport;
import org.imagingutility.command.report.VerifyReport;
import org.imagingutility.command.root.ImagingCommand;

/**
 * How a job that is not live any more ended: with a result or an error, which a job of an earlier process has as well.
 *
 * @param request what it was to do
 * @param result what it gave, if it did
 * @param error what it ended with, else
 */
record JobOutcome(JobRequest<?> request, Optional<Object> result, Optional<ImagingException> error) {

    /** Returns the outcome of {@code job}; empty if the thread is interrupted before it has one. */
    static Optional<JobOutcome> of(Job<?> job) {
        JobRequest<?> request = job.status().request();
        try {
            return Optional.of(new JobOutcome(request, Optional.of(job.await()), Optional.empty()));
        } catch (ImagingException e) {
            return Optional.of(new JobOutcome(request, Optional.empty(), Optional.of(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Returns the exit code that the command of a job has that is not live any more. Of a job of another process only its state and
     * its reason are known: {@link ExitCodes#USAGE} stands for any failure.
     */
    static int exitCode(Job<?> job) {
        Optional<JobOutcome> outcome = of(job);
        if (outcome.isEmpty()) {
            return ExitCodes.CANCELLED;
        }
        return outcome.get().error().filter(UsageException.class::isInstance).isPresent() ? exitCode(job.status())
                : outcome.get().exitCode();
    }

    private static int exitCode(JobStatus status) {
        return switch (status.state()) {
            // the reason of a job that is done says what a user should know of it: damage, or what could not be read
            case DONE -> status.reason().isEmpty() ? ExitCodes.DONE
                    : status.reason().contains("could not be read") ? ExitCodes.RECORDED : ExitCodes.DAMAGED;
            case SUSPENDED -> ExitCodes.UNREADABLE_FORMAT;
            case FAILED -> ExitCodes.USAGE;
            default -> ExitCodes.CANCELLED;
        };
    }

    /** Returns the exit code that the job's command would have. */
    int exitCode() {
        if (error.isPresent()) {
            return ExitCodes.of(error.get());
        }
        Object given = result.orElseThrow();
        if (given instanceof ImageResult image) {
            return ImageCommand.exitCode(image);
        }
        if (given instanceof ImageVolumesResult volumes) {
            return ImageCommand.exitCode(volumes);
        }
        if (given instanceof VerifyResult verified) {
            return verified.intact() ? ExitCodes.DONE : ExitCodes.DAMAGED;
        }
        if (given instanceof ConvertResult converted) {
            return converted.verified().map(VerifyResult::intact).orElse(true) ? ExitCodes.DONE : ExitCodes.DAMAGED;
        }
        if (given instanceof RepairResult repaired && request instanceof RepairRequest repair) {
            return RepairCommand.exitCode(repair, repaired);
        }
        return given instanceof ExtractResult extracted ? ExtractReport.exitCode(extracted) : ExitCodes.DONE;
    }

    /** Shows the result as the job's command would. */
    void print(ImagingCommand imaging) {
        Object given = result.orElseThrow();
        var out = imaging.console().out();
        if (request instanceof ImageRequest image && given instanceof ImageResult made) {
            imaging.result(() -> ImageReport.print(out, image, made), node -> ResultJson.write(node, made));
        } else if (request instanceof ImageVolumesRequest volumes && given instanceof ImageVolumesResult made) {
            ImageCommand.print(imaging, volumes, made);
        } else if (request instanceof VerifyRequest verify && given instanceof VerifyResult verified) {
            imaging.result(() -> VerifyReport.print(out, verify, verified), node -> ResultJson.write(node, verified));
        } else if (request instanceof RestoreRequest restore && given instanceof RestoreResult restored) {
            imaging.result(() -> RestoreReport.print(out, restore, restored), node -> ResultJson.write(node, restored));
        } else if (request instanceof ExportRequest export && given instanceof RestoreResult exported) {
            imaging.result(() -> RestoreReport.print(out, export, exported), node -> ResultJson.write(node, exported));
        } else if (request instanceof DiskExportRequest disk && given instanceof DiskExportResult exported) {
            imaging.result(() -> DiskExportReport.print(out, disk, exported), node -> DiskExportReport.write(node, exported));
        } else if (request instanceof ConvertRequest convert && given instanceof ConvertResult converted) {
            imaging.result(() -> ConvertReport.print(out, convert, converted), node -> ConvertReport.write(node, converted));
        } else if (request instanceof RepairRequest repair && given instanceof RepairResult repaired) {
            imaging.result(() -> RepairReport.print(out, repair, repaired), node -> RepairJson.write(node, repaired));
        } else if (request instanceof ServeRequest serve && given instanceof ServeResult served) {
            imaging.result(() -> ServeReport.print(out, serve, served), node -> ServeReport.write(node, served));
        } else if (request instanceof ExtractRequest extract && given instanceof ExtractResult extracted) {
            imaging.result(() -> ExtractReport.print(out, extract, extracted), node -> ExtractReport.write(node, extracted));
        } else {
            imaging.result(() -> out.println(request.kind() + " is done"), node -> node.put("kind", request.kind()));
        }
    }
}
