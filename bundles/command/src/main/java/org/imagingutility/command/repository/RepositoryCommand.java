package org.imagingutility.command.repository;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.repository.PruneRequest;
import org.imagingutility.api.repository.PruneResult;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryInfo;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.RepositoryReport;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Parameters;

/** {@code imaging repository}. */
@Command(name = "repository", sortOptions = false, customSynopsis = "imaging repository init|info|check|prune --repository=REPOSITORY [options]",
        description = {"Makes, shows, checks or prunes a repository: a place where images of many runs share what they have in common.",
            "init makes one in an empty place, info shows what it holds, check compares what its images need with what is there. Exit code 4 if"
                    + " something is damaged or missing.",
            "prune deletes what no image needs, a day after a prune has found that: run it once a day, also while others write. See forget-images."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class RepositoryCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(index = "0", paramLabel = "init|info|check|prune", description = "What to do.")
    private String action;

    @Option(names = "--repository", order = 1, required = true, paramLabel = "REPOSITORY", description = "The place: a folder.")
    private String repository;

    @Option(names = "--read-data", order = 2, paramLabel = "N%|all",
            description = "For check: also read, decompress and compare this share of the frames, another choice each time. Without it only"
                    + " that all are there, with the right lengths.")
    private String readData;

    @Option(names = "--dry-run", order = 3, description = "For prune: only say what it would do.")
    private boolean dryRun;

    @Option(names = "--json", order = 4, description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        if (readData != null && !action.equals("check")) {
            throw new UsageException("--read-data is for check", "imaging repository check --repository=REPOSITORY --read-data=all");
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
            default:
                throw new UsageException("a repository has no \"" + action + "\"", "init, info, check or prune");
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
        RepositoryCheckRequest request = new RepositoryCheckRequest(repository, share());
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
            throw noShare(e);
        }
        throw noShare(null);
    }

    private UsageException noShare(NumberFormatException e) {
        UsageException error = new UsageException("--read-data \"" + readData + "\" is no share of the frames", "0% to 100%, or all");
        if (e != null) {
            error.addSuppressed(e);
        }
        return error;
    }
}
