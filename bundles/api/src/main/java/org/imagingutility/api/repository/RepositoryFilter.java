package org.imagingutility.api.repository;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageLabels;

/**
 * Which images of a repository are asked for: those for which all of this holds.
 *
 * @param name their name
 * @param host the machine they were made on, in whatever case
 * @param device reference or label of their device
 * @param tags tags that they all have
 * @param since they were begun then or later
 * @param before they were begun earlier
 */
public record RepositoryFilter(Optional<String> name, Optional<String> host, Optional<String> device, List<String> tags,
        Optional<Instant> since, Optional<Instant> before) {
    /** All images. */
    public static final RepositoryFilter ALL = ofName(Optional.empty());

    /** Checks that nothing is null, and copies the list. */
    public RepositoryFilter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(device, "device");
        tags = List.copyOf(tags);
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(before, "before");
    }

    /** Returns one for the images of that name; of all names if it is empty. */
    public static RepositoryFilter ofName(Optional<String> name) {
        return new RepositoryFilter(name, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Says whether an image is one by its machine, device and tags; name and time are not looked at. */
    public boolean accepts(ImageInfo image) {
        ImageLabels labels = ImageLabels.of(image.spec().metadata());
        return (host.isEmpty() || labels.host().filter(host.get()::equalsIgnoreCase).isPresent())
                && (device.isEmpty() || isFact(image, "device.reference") || isFact(image, "device.label"))
                && labels.hasAll(tags);
    }

    private boolean isFact(ImageInfo image, String fact) {
        return image.spec().metadata().text(fact).equals(device);
    }
}
