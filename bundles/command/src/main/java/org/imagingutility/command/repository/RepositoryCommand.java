package org.imagingutility.command.repository;

import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.repository.PruneRequest;
import org.imagingutility.api.repository.PruneResult;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryCopyRequest;
import org.imagingutility.api.repository.RepositoryCopyResult;
import org.imagingutility.api.repository.RepositoryInfo;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.RepositoryReport;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Parameters;

/** {@code imaging repository}. */
@Command(name = "repository", sortOptions = false,
        customSynopsis = {"imaging repository init|info|check|prune --repository=REPOSITORY [options]",
            "imaging repository copy --from=REPOSITORY --to=REPOSITORY [IMAGE...]"},
        description = {"Makes, shows, checks, prunes or copies a repository: a place where images of many runs share what they have in common.",
            "init makes one in an empty place, info shows what it holds, check compares what its images need with what is there, copy brings images"
                    + " into another one. Exit code 4 if something is damaged or missing.",
            "prune deletes what no image needs, a day after a prune has found that: run it once a day, also while others write. See forget-images."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class RepositoryCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(index = "0", paramLabel = "init|info|check|prune|copy", description = "What to do.")
    private String action;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "IMAGE", description = "For copy: NAME for all images of a name, NAME@TIME for one."
            + " Without any, all images are copied.")
    private List<String> images = List.of();

    @Option(names = "--repository", order = 1, paramLabel = "REPOSITORY", description = "The place: a folder, s3://BUCKET/PREFIX or sftp://HOST/PATH.")
    private String repository;

    @Option(names = "--read-data", order = 2, paramLabel = "N%|all",
            description = "For check: also read, decompress and compare this share of the frames, another choice each time. Without it only"
                    + " that all are there, with the right lengths.")
    private String readData;

    @Option(names = "--mark-damaged", order = 2,
            description = "For check: note frames that are damaged or missing in the repository, so that the next run or copy that has their content"
                    + " stores them anew. Nothing is deleted.")
    private boolean mark;

    @Option(names = "--from", order = 3, paramLabel = "REPOSITORY", description = "For copy: the repository that is read.")
    private String from;

    @Option(names = "--to", order = 4, paramLabel = "REPOSITORY", description = "For copy: the repository that is written to. What is there is not sent;"
            + " an interrupted copy is simply made again.")
    private String to;

    @Option(names = "--parallel", order = 5, paramLabel = "N", defaultValue = "0",
            description = "For check and copy: how many frames are on their way at once, 1 to 256; 0 for one for each processor. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(names = "--dry-run", order = 6, description = "For prune: only say what it would do.")
    private boolean dryRun;

    @Option(names = "--json", order = 7, description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        if ((readData != null || mark) && !action.equals("check")) {
            throw new UsageException("--read-data and --mark-damaged are for check", "imaging repository check --repository=REPOSITORY --read-data=all");
        }
        boolean copies = action.equals("copy");
        if (copies ? from == null || to == null || repository != null
                : from != null || to != null || !images.isEmpty() || parallel != 0 && !action.equals("check")) {
            throw new UsageException(copies ? "copy needs --from and --to, and no --repository" : "--from, --to and images are for copy,"
                    + " --parallel for copy and check",
                    "imaging repository copy --from=REPOSITORY --to=REPOSITORY [IMAGE...]");
        }
        if (!copies && repository == null) {
            throw new UsageException("which repository is missing: --repository", "imaging repository " + action + " --repository=REPOSITORY");
        }
        if (dryRun && !action.equals("prune")) {
            throw new UsageException("--dry-run is for prune", "imaging repository prune --repository=REPOSITORY --dry-run");
        }
        switch (action) {
            case "init":
                print(imaging.directService().initRepository(repository), true);
                return ExitCodes.DONE;
            case "info":
                print(imaging.directService().repository(repository), false);
                return ExitCodes.DONE;
            case "check":
                return check();
            case "prune":
                return prune();
            case "copy":
                return copy();
            default:
                throw new UsageException("a repository has no \"" + action + "\"", "init, info, check, prune or copy");
        }
    }

    private void print(RepositoryInfo info, boolean made) {
        if (json) {
            new Json(imaging.console().out()).object(node -> RepositoryReport.write(node, info));
        } else {
            RepositoryReport.print(imaging.console().out(), info, made);
        }
    }

    private Integer check() throws ImagingException {
        double share = share();
        RepositoryCheckRequest request = ValidRequest.of(() -> new RepositoryCheckRequest(repository, share, mark, parallel));
        RepositoryCheckResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.directService().checkRepository(request, run);
        }
        if (json) {
            new Json(imaging.console().out()).object(node -> RepositoryReport.write(node, result));
        } else {
            imaging.result(() -> RepositoryReport.print(imaging.console().out(), request, result),
                    node -> RepositoryReport.write(node, result));
        }
        return result.intact() ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }

    private Integer copy() throws ImagingException {
        RepositoryCopyRequest request = ValidRequest.of(() -> new RepositoryCopyRequest(from, to, images, parallel));
        RepositoryCopyResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.directService().copyImages(request, run);
        }
        if (json) {
            new Json(imaging.console().out()).object(node -> CopyReport.write(node, result));
        } else {
            imaging.result(() -> CopyReport.print(imaging.console().out(), request, result), node -> CopyReport.write(node, result));
        }
        return result.isComplete() ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }

    private Integer prune() throws ImagingException {
        PruneRequest request = new PruneRequest(repository, dryRun);
        PruneResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.directService().prune(request, run);
        }
        if (json) {
            new Json(imaging.console().out()).object(node -> RetentionReport.write(node, result));
        } else {
            imaging.result(() -> RetentionReport.print(imaging.console().out(), request, result), node -> RetentionReport.write(node, result));
        }
        return ExitCodes.DONE;
    }

    private double share() throws UsageException {
        if (readData == null) {
            return 0;
        }
        if (readData.equals(ALL)) {
            return 1;
        }
        try {
            double percent = Double.parseDouble(readData.endsWith("%") ? readData.substring(0, readData.length() - 1) : readData);
            if (percent >= 0 && percent <= 100) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number that is no share
            throw noShare();
        }
        throw noShare();
    }

    private UsageException noShare() {
        return new UsageException("--read-data \"" + readData + "\" is no share of the frames", "0% to 100%, or all");
    }
}
