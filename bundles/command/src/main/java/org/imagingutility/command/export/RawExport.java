package org.imagingutility.command.export;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ExpectDigestOption;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.RestoreReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the two export commands share. */
final class RawExport {
    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image.")
    private String image;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The raw file to write.")
    private String target;

    @Option(names = "--force", order = 50, description = "Replace a file that exists.")
    private boolean force;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Mixin
    private ExpectDigestOption digest = new ExpectDigestOption();

    /** Runs the job; {@code length} -1 means up to the end of the device. */
    int run(ImagingCommand imaging, long offset, long length) throws ImagingException {
        ExportRequest request = ValidRequest.of(
                () -> new ExportRequest(image, target, offset, length, force, parallel.pipeline(), digest.expected()));
        RestoreResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().export(request, run);
        }
        imaging.result(() -> RestoreReport.print(imaging.console().out(), request, result),
                node -> ResultJson.write(node, result));
        return ExitCodes.DONE;
    }
}
