package org.imagingutility.engine.image;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.Resumed;
import org.imagingutility.engine.frames.LinearHashes;

/**
 * What earlier attempts of one imaging job leave to the next: an attempt ends when the target or a plug-in goes away. For one
 * thread.
 */
final class EarlierAttempts {
    private final Iterable<String> hashNames;
    private LinearHashes hashes;
    private long bytesRead;
    private long frames;
    private Duration elapsed = Duration.ZERO;
    private Resumed resumed;
    private boolean tellOwn;
    private SortedMap<String, Digest> finishedHashes;
    private JobStatistics statistics = JobStatistics.NONE;

    EarlierAttempts(Iterable<String> hashNames) throws UsageException {
        this.hashNames = hashNames;
        this.hashes = new LinearHashes(hashNames);
    }

    /** Returns the hashes over what was written so far. */
    LinearHashes hashes() {
        return hashes;
    }

    /** Starts the hashes over: what is kept is not what they were made of. */
    LinearHashes freshHashes() throws UsageException {
        hashes = new LinearHashes(hashNames);
        return hashes;
    }

    /** Says that what later attempts resume is reported like what an earlier run left: the target was away meanwhile. */
    void targetWasAway() {
        tellOwn = true;
    }

    /**
     * Notes what was found of an unfinished image.
     *
     * @param own whether this job wrote it itself; then it is told only if the target was away
     */
    void resumed(Resumed found, boolean own) {
        if (resumed == null && (!own || tellOwn)) {
            resumed = found;
        }
    }

    Optional<Resumed> resumed() {
        return Optional.ofNullable(resumed);
    }

    /** Adds what an attempt did, however it ended. */
    void add(long readBytes, long writtenFrames, long nanos) {
        bytesRead += readBytes;
        frames += writtenFrames;
        elapsed = elapsed.plusNanos(nanos);
    }

    /** Says that the image is complete in its file; what is left is to publish it. */
    void finished(SortedMap<String, Digest> linearHashes, JobStatistics last) {
        finishedHashes = linearHashes;
        statistics = new JobStatistics(elapsed, frames, last.workers(), last.bottleneck(), last.bottleneckShare());
    }

    /** Returns the linear hashes of the complete image, if an attempt came as far as that. */
    Optional<SortedMap<String, Digest>> finishedHashes() {
        return Optional.ofNullable(finishedHashes);
    }

    long bytesRead() {
        return bytesRead;
    }

    /** Returns the statistics of all attempts, once the image is complete. */
    JobStatistics statistics() {
        return statistics;
    }
}
