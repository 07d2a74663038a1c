package org.imagingutility.command.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.repository.ForgetRequest;
import org.imagingutility.api.repository.ForgetResult;
import org.imagingutility.api.repository.RetentionPolicy;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Parameters;

/** {@code imaging forget-images}. */
@Command(name = "forget-images", sortOptions = false, customSynopsis = {"imaging forget-images --repository=REPOSITORY [NAME...] --keep-...=N [--dry-run]",
    "imaging forget-images --repository=REPOSITORY NAME@TIME... [--dry-run]"},
        description = {"Forgets images of a repository: by rules that say what is kept of each name, or those that are named with their time.",
            "All that one of the rules keeps is kept. Hours, days, weeks, months and years are those of UTC; only those that have an image count,"
                    + " and the newest image of each is kept.",
            "Room is freed by repository prune."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ForgetImagesCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "With rules: names of images; all, if none is given. Without: NAME@TIME, as images"
            + " lists them.")
    private List<String> images = new ArrayList<>();

    @Option(names = "--repository", order = 1, required = true, paramLabel = "REPOSITORY", description = "The place: a folder, s3://BUCKET/PREFIX or sftp://HOST/PATH.")
    private String repository;

    @Option(names = "--keep-last", order = 2, paramLabel = "N", description = "Keep the newest N images.")
    private int last;

    @Option(names = "--keep-hourly", order = 3, paramLabel = "N", description = "... the newest of each of the last N hours.")
    private int hourly;

    @Option(names = "--keep-daily", order = 4, paramLabel = "N", description = "... of each of the last N days.")
    private int daily;

    @Option(names = "--keep-weekly", order = 5, paramLabel = "N", description = "... of each of the last N weeks, from Monday on.")
    private int weekly;

    @Option(names = "--keep-monthly", order = 6, paramLabel = "N", description = "... of each of the last N months.")
    private int monthly;

    @Option(names = "--keep-yearly", order = 7, paramLabel = "N", description = "... of each of the last N years.")
    private int yearly;

    @Option(names = "--keep-tag", order = 8, paramLabel = "TAG", description = "Keep all images with this tag; may be given several times.")
    private List<String> tags = List.of();

    @Option(names = "--dry-run", order = 8, description = "Only say which images are kept, why, and which would go.")
    private boolean dryRun;

    @Option(names = "--json", order = 9, description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        ForgetRequest request = request();
        ForgetResult result = imaging.directService().forget(request);
        if (json) {
            new Json(imaging.console().out()).object(node -> RetentionReport.write(node, result));
        } else {
            RetentionReport.print(imaging.console().out(), request, result);
        }
        return ExitCodes.DONE;
    }

    private ForgetRequest request() throws UsageException {
        if (Math.min(Math.min(Math.min(last, hourly), Math.min(daily, weekly)), Math.min(monthly, yearly)) < 0) {
            throw new UsageException("how many images are kept cannot be negative", null);
        }
        boolean rules = (last | hourly | daily | weekly | monthly | yearly) > 0 || !tags.isEmpty();
        List<String> asked = images.stream().map(this::withoutPlace).toList();
        boolean exact = !asked.isEmpty() && asked.stream().allMatch(image -> image.contains("@"));
        if (rules && asked.stream().anyMatch(image -> image.contains("@"))) {
            throw new UsageException("NAME@TIME is an image that goes, --keep-... says what is kept", "one or the other");
        }
        if (!rules && !exact) {
            throw new UsageException("nothing says what is kept", "--keep-last, --keep-daily, ...; or name the images that go: NAME@TIME");
        }
        return new ForgetRequest(repository, asked,
                rules ? Optional.of(new RetentionPolicy(last, hourly, daily, weekly, monthly, yearly, tags)) : Optional.empty(), dryRun);
    }

    /** Returns {@code REPOSITORY#NAME@TIME}, as images prints it for programs, without the place. */
    private String withoutPlace(String image) {
        return image.startsWith(repository + "#") ? image.substring(repository.length() + 1) : image;
    }
}
