package org.imagingutility.command.repository;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.repository.RepositoryFilter;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.RepositoryReport;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging images}. */
@Command(name = "images", sortOptions = false, customSynopsis = "imaging images --repository=REPOSITORY [options]",
        description = {"Lists the images of a repository, by name and then by time.", "What stands in the first column, behind REPOSITORY#, is"
                + " taken wherever an image is; NAME alone is the newest of that name."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ImagesCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--repository", required = true, paramLabel = "REPOSITORY", description = "The place: a folder.")
    private String repository;

    @Option(names = "--name", paramLabel = "NAME", description = "Only images of this name.")
    private String name;

    @Option(names = "--host", paramLabel = "HOST", description = "Only images that were made on this machine.")
    private String host;

    @Option(names = "--device", paramLabel = "DEVICE",
            description = "Only images of this device: its name as it was when the image was made, or its label.")
    private String device;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only images that have this tag; given several times, those that have all of them.")
    private List<String> tags = List.of();

    @Option(names = "--since", paramLabel = "TIME",
            description = "Only images that were begun then or later: 2026-11-30, or 2026-11-30T18:00:00Z. Days are those of UTC.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only images that were begun then or earlier; a day with all of its hours.")
    private String until;

    @Option(names = "--json", description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        List<RepositoryImage> images = imaging.directService().images(repository, new RepositoryFilter(Optional.ofNullable(name),
                Optional.ofNullable(host), Optional.ofNullable(device), tags, Times.begin("--since", since), Times.end("--until", until)));
        if (json) {
            new Json(imaging.console().out()).object(node -> node.objects("images", images, RepositoryReport::write));
        } else {
            RepositoryReport.print(imaging.console().out(), repository, images);
        }
        return images.stream().allMatch(image -> image.info().isPresent()) ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }
}
