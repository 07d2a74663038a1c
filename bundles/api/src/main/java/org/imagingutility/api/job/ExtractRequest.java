package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes files of a volume into a folder.
 *
 * @param volume the volume
 * @param paths what of it, with slashes between names, from the root on; names may have patterns
 *        ({@link org.imagingutility.api.files.NamePattern}). A directory stands for all below it, no path at all for the whole volume. What is
 *        found stands in the folder under its path from the root on
 * @param folder path of the folder; made if it is not there
 * @param merge whether a folder that has something in it may be written to. What is there with the kind, size and time of change that it has
 *        on the volume counts as complete, and stays
 * @param overwrite whether, in such a folder, files and links that are there otherwise are replaced; directories never are
 * @param streams whether alternate streams and extended attributes are written too
 * @param special whether devices, pipes and sockets are made
 * @param owners whether files get the owners that they have on the volume; if empty, they do where the system lets this process
 */
public record ExtractRequest(BrowseRequest volume, List<String> paths, String folder, boolean merge, boolean overwrite, boolean streams,
        boolean special, Optional<Boolean> owners) implements JobRequest<ExtractResult> {

    /** Checks the values. */
    public ExtractRequest {
        Objects.requireNonNull(volume, "volume");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(owners, "owners");
        paths = List.copyOf(paths);
        if (overwrite && !merge) {
            throw new IllegalArgumentException("files can be replaced only in a folder that is merged with (--merge)");
        }
    }

    /** Creates a request for the whole of a volume, into a folder that is not there or empty. */
    public ExtractRequest(String volume, String folder) {
        this(new BrowseRequest(volume), List.of(), folder, false, false, false, false, Optional.empty());
    }

    /** Returns the request that goes on with what one like this has begun. */
    public ExtractRequest merging() {
        return new ExtractRequest(volume, paths, folder, true, overwrite, streams, special, owners);
    }

    @Override
    public String kind() {
        return "extract";
    }

    @Override
    public String subject() {
        return volume.source();
    }
}
