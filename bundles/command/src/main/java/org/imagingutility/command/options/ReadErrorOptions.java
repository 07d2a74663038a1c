package org.imagingutility.command.options;

import java.time.Duration;
import java.util.Optional;
import org.imagingutility.api.job.ImageRequest;
import picocli.CommandLine.Option;

/** What is done where a device cannot be read. */
public final class ReadErrorOptions {
    /** What becomes of a sector that stays unreadable. */
    enum OnReadError {
        /** The job ends. */
        FAIL,
        /** The image says so, and has zeros there. */
        RECORD
    }

    @Option(names = "--on-read-error", order = 14, paramLabel = "fail|record", defaultValue = "fail",
            description = "What to do with a sector that stays unreadable: end the job, or record it in the image, with zeros "
                    + "for content, and end with exit code 7. Default: ${DEFAULT-VALUE}.")
    private OnReadError onReadError;

    @Option(names = "--retries", order = 15, paramLabel = "N", defaultValue = "3",
            description = "How often an unreadable sector is tried again, 0 to 1000. Default: ${DEFAULT-VALUE}.")
    private int retries;

    @Option(names = "--read-timeout", order = 16, paramLabel = "TIME", defaultValue = "0", converter = DurationConverter.class,
            description = "How long one read may take before it counts as failed: 500ms, 30s, 2m; 0 for no bound. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Duration readTimeout;

    @Option(names = "--bad-map", order = 17, paramLabel = "FILE",
            description = "Map file of GNU ddrescue: what it does not call finished (+) is recorded as unreadable without "
                    + "being tried. Only with --on-read-error record.")
    private String badMap;

    @Option(names = "--retry-bad", order = 18,
            description = "With --resume: read what the image has recorded as unreadable once more, and nothing else.")
    private boolean retryBad;

    /** Returns the options; {@code resume} says whether --resume was given. */
    public ImageRequest.ReadErrors readErrors(boolean resume) {
        boolean record = onReadError == OnReadError.RECORD;
        if (badMap != null && !record) {
            throw new IllegalArgumentException("--bad-map makes sense only with --on-read-error record");
        }
        if (retryBad && !resume) {
            throw new IllegalArgumentException("--retry-bad makes sense only with --resume");
        }
        return new ImageRequest.ReadErrors(record, retries, readTimeout, Optional.ofNullable(badMap), retryBad);
    }
}
