package org.imagingutility.command.restore;

import java.util.OptionalInt;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ExpectSetDigestOption;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.SetPlace;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.RestoreReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.report.SetJson;
import org.imagingutility.command.report.SetReport;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the two commands that restore sets have in common. */
final class RestoreSetOptions {
    @Option(names = "--set-dir", required = true, paramLabel = "DIR", order = 4, description = "The folder of the set; or REPOSITORY#NAME, an image of a "
            + "disk in a repository.")
    private String folder;

    @Option(names = "--partition", paramLabel = "N", order = 5, description = "Restore this partition alone: to its place on a disk that has a "
            + "partition just there, or to a new file of its own length.")
    private Integer partition;

    @Option(names = "--zero-free", order = 6, description = "Make zeros of what was not in use.")
    private boolean zeroFree;

    @Option(names = "--discard", order = 7, description = "Give what was not in use back to the device or the file system (TRIM, "
            + "holes), where that can be done.")
    private boolean discard;

    @Option(names = "--force", order = 8, description = "Write to a disk or a file that exists. What stood there is lost.")
    private boolean force;

    @Option(names = "--verify", order = 9, description = "Read back what was written and compare it.")
    private boolean verify;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Mixin
    private ExpectSetDigestOption digest = new ExpectSetDigestOption();

    /**
     * Restores the set.
     *
     * @param disk whether the target is a disk, in which a partition has its place
     */
    Integer restore(ImagingCommand imaging, String target, boolean disk) throws ImagingException {
        if (SetPlace.isImage(folder)) {
            return restoreImage(imaging, target, disk);
        }
        RestoreSetRequest request = ValidRequest.of(() -> new RestoreSetRequest(folder, target,
                partition == null ? OptionalInt.empty() : OptionalInt.of(partition), zeroFree, discard, force, verify,
                parallel.pipeline(), digest.expected()));
        RestoreSetResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().restoreSet(request, run);
        }
        imaging.result(() -> SetReport.print(imaging.console().out(), request, result), node -> SetJson.write(node, result));
        return ExitCodes.DONE;
    }

    private Integer restoreImage(ImagingCommand imaging, String target, boolean disk) throws ImagingException {
        if (partition != null && disk) {
            throw new UsageException("a partition of \"" + folder + "\" is restored to a file, or to the partition of a disk",
                    "imaging restore --in=" + folder + "#" + partition + " --device=PARTITION --force");
        }
        RestoreRequest request = ValidRequest.of(() -> new RestoreRequest(partition == null ? folder : folder + "#" + partition, target, zeroFree,
                discard, force, verify, parallel.pipeline(), digest.expected()));
        RestoreResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().restore(request, run);
        }
        imaging.result(() -> RestoreReport.print(imaging.console().out(), request, result), node -> ResultJson.write(node, result));
        return ExitCodes.DONE;
    }
}
