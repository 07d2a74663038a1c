package org.imagingutility.command.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.command.progress.ProgressText;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Durations;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.Table;
import org.imagingutility.command.text.TerminalText;

/** Jobs, as a table, as a line and one with all that is known. */
public final class JobReports {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private JobReports() {
    }

    /** Prints a table. */
    public static void print(PrintStream out, List<JobStatus> jobs) {
        if (jobs.isEmpty()) {
            out.println("no jobs");
            return;
        }
        Table table = new Table(">ID", "STATE", "JOB", ">DONE", ">OF", ">WORKERS", "REASON");
        for (JobStatus job : jobs) {
            table.add(job.id(), job.state().name(), what(job.request()),
                    job.progress().map(progress -> ProgressText.percent(progress)).orElse(""),
                    job.progress().map(progress -> ByteSizes.format(progress.totalBytes())).orElse(""),
                    job.workers() == 0 ? "" : Integer.toString(job.workers()), job.reason());
        }
        table.print(out);
    }

    /** Returns {@code job 3 (image /dev/sdb1): WAITING, codec zstd}. */
    public static String line(JobStatus job) {
        return TerminalText.safe("job " + job.id() + " (" + what(job.request()) + "): " + job.state()
                + (job.reason().isEmpty() ? "" : ", " + job.reason()));
    }

    /** Returns {@code image /dev/sdb1}. */
    public static String what(JobRequest<?> request) {
        return TerminalText.safe(request.kind() + " " + request.subject());
    }

    /** Prints all that is known of one. */
    public static void print(PrintStream out, JobStatus job) {
        Lines lines = new Lines(out).title("Job " + job.id() + ": " + what(job.request()));
        String target = target(job.request());
        if (!target.isEmpty()) {
            lines.fact("to", target);
        }
        lines.fact("state", job.state() + (job.reason().isEmpty() ? "" : ", " + job.reason()));
        job.progress().ifPresent(progress -> lines.fact("progress", progress(progress)));
        if (job.workers() > 0) {
            lines.fact("workers", "up to " + job.workers());
        }
        lines.fact("submitted", TIME.format(job.submitted().atZone(ZoneId.systemDefault())));
        job.ended().ifPresent(ended -> lines.fact("ended", TIME.format(ended.atZone(ZoneId.systemDefault())) + ", after "
                + Durations.format(Duration.between(job.submitted(), ended))));
    }

    /** Writes one as JSON. */
    public static void write(Json.Node node, JobStatus job) {
        node.put("id", job.id()).put("kind", job.request().kind()).put("subject", job.request().subject());
        node.put("target", target(job.request())).put("state", job.state().name()).put("reason", job.reason());
        job.progress().ifPresent(progress -> node.object("progress", part -> part.put("activity", progress.activity())
                .put("doneBytes", progress.doneBytes()).put("totalBytes", progress.totalBytes())));
        node.put("workers", job.workers()).put("submitted", job.submitted().toString());
        node.put("ended", job.ended().map(Object::toString));
    }

    private static String progress(Progress progress) {
        return progress.activity() + ", " + ProgressText.percent(progress) + ", " + ByteSizes.format(progress.doneBytes()) + " of "
                + ByteSizes.format(progress.totalBytes());
    }

    private static String target(JobRequest<?> request) {
        if (request instanceof ImageRequest image) {
            return image.target();
        }
        if (request instanceof ImageVolumesRequest volumes) {
            return volumes.folder();
        }
        if (request instanceof RestoreRequest restore) {
            return restore.target();
        }
        if (request instanceof ExportRequest export) {
            return export.target();
        }
        if (request instanceof ExtractRequest extract) {
            return extract.folder();
        }
        return request instanceof RepairRequest repair ? repair.target().orElse("") : "";
    }
}
