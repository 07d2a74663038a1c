package org.imagingutility.api.job;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What was written of the files of a volume. Nothing that was asked for is missing if {@link #isComplete}.
 *
 * @param counts how much of what was written
 * @param changed names that are others in the folder than on the volume, the first {@value #MOST_TOLD}
 * @param missing what was not written, or not all of it, the first {@value #MOST_TOLD}
 * @param elapsed how long it took
 */
public record ExtractResult(Counts counts, List<Change> changed, List<Missing> missing, Duration elapsed) {
    /** As many names and files are listed one by one. */
    public static final int MOST_TOLD = 1000;

    /** Checks that nothing is null. */
    public ExtractResult {
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(elapsed, "elapsed");
        changed = List.copyOf(changed);
        missing = List.copyOf(missing);
    }

    /**
     * How much was written.
     *
     * @param directories directories
     * @param files files, each of its names counted
     * @param links symbolic links
     * @param special devices, pipes and sockets
     * @param kept how many of all these stood there complete, and were left as they are
     * @param bytesWritten bytes written of contents and streams; holes do not count
     * @param changed names that were changed
     * @param unreadable what could not be read from the volume
     * @param notMade what the folder has no room, no leave or no form for, or what stands there otherwise
     */
    public record Counts(long directories, long files, long links, long special, long kept, long bytesWritten, long changed, long unreadable,
            long notMade) {
    }

    /**
     * A name that is another one in the folder.
     *
     * @param path on the volume, as it is shown
     * @param name what the last name of the path became, as it is shown
     */
    public record Change(String path, String name) {
    }

    /**
     * Something that is missing.
     *
     * @param path on the volume, as it is shown
     * @param reason why
     */
    public record Missing(String path, String reason) {
    }

    /** Says whether all that was asked for is in the folder. */
    public boolean isComplete() {
        return counts.unreadable == 0 && counts.notMade == 0;
    }
}
