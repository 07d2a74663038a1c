package org.imagingutility.command.export;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.DiskExportResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ExpectDigestOption;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.DiskExportReport;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that export virtual disks share. */
final class VirtualDiskExport {
    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image.")
    private String image;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The virtual disk to make.")
    private String target;

    @Option(names = "--force", order = 50, description = "Replace a file that exists.")
    private boolean force;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Mixin
    private ExpectDigestOption digest = new ExpectDigestOption();

    /** Runs the job. */
    int run(ImagingCommand imaging, String format) throws ImagingException {
        DiskExportRequest request = ValidRequest.of(
                () -> new DiskExportRequest(image, target, format, force, parallel.pipeline(), digest.expected()));
        DiskExportResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().exportDisk(request, run);
        }
        imaging.result(() -> DiskExportReport.print(imaging.console().out(), request, result),
                node -> DiskExportReport.write(node, result));
        return ExitCodes.DONE;
    }
}
