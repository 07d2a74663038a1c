package org.imagingutility.command.options;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.container.ImageLabels;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImagingService;
import picocli.CommandLine.Option;

/** Where in a repository an image is made, and what it is found by. */
public final class RepositoryOptions {
    @Option(names = "--repository", paramLabel = "REPOSITORY", order = 3, description = "Keep the image in a repository, where only what is new is "
            + "stored. An interrupted run is simply run again.")
    private String repository;

    @Option(names = "--name", paramLabel = "NAME", order = 3, description = "The name of the image in the repository. Each run is an image of its own; "
            + "NAME is the newest.")
    private String name;

    @Option(names = "--tag", paramLabel = "TAG", order = 3,
            description = "A tag of the image in the repository, to find it by; may be given several times.")
    private List<String> tags = List.of();

    @Option(names = "--host", paramLabel = "HOST", order = 3,
            description = "The machine that the image in the repository is said to be of. Default: the name of this one.")
    private String host;

    /** Says whether the image is to be in a repository. */
    public boolean asked() {
        return repository != null || name != null;
    }

    /**
     * Returns the reference of the image that is made, in a repository that is there.
     *
     * @param usage how the command is written for a repository
     */
    public String target(ImagingService service, String usage) throws ImagingException {
        if (repository == null || name == null) {
            throw new UsageException("--repository and --name go together", usage);
        }
        // refuses what is no repository or no name; the image has its name there when it is complete
        service.images(repository, Optional.of(name));
        return repository + "#" + name;
    }

    /** Refuses labels for what is alone in its file. */
    public void requireNoLabels() throws UsageException {
        if (host != null || !tags.isEmpty()) {
            throw new UsageException("--tag and --host are for images in repositories", "add --repository=REPOSITORY --name=NAME");
        }
    }

    /** Returns what the image is found by. */
    public ImageLabels labels() {
        return !asked() ? ImageLabels.NONE
                : new ImageLabels(host == null ? HostName.ofThisMachine().filter(ImageLabels::isHost) : Optional.of(host), tags);
    }

    /** Returns the layout that was asked for: what is to be in a repository is made nowhere else. */
    public ImageRequest.Layout layout(ImageRequest.Layout asked) {
        return !asked() ? asked : new ImageRequest.Layout("repository", asked.codec(), asked.level(), asked.frameSize(), asked.chunkSize());
    }
}
