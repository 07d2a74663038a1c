package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.Digest;

/**
 * Restores a backup set, or one partition of it.
 *
 * @param folder folder of the set
 * @param target reference of the disk or file to write to
 * @param partition index of the one partition to restore; it goes to its place on a disk that has a partition just there,
 *        or to a new file of its own length
 * @param zeroFree whether what is not in use reads as zeros afterwards; otherwise it stays as it is
 * @param discard whether what is not in use is given back to what the target lies on, as in {@link RestoreRequest#discard()}
 * @param overwrite whether a disk or file that exists may be written to
 * @param verify whether what was written is read back and compared
 * @param pipeline how much is done at once
 * @param expected the set digest that the set must have: SHA-256 of its manifest, which names the digests of all else
 */
public record RestoreSetRequest(String folder, String target, OptionalInt partition, boolean zeroFree, boolean discard,
        boolean overwrite, boolean verify, PipelineOptions pipeline, Optional<Digest> expected)
        implements JobRequest<RestoreSetResult> {

    /** Checks that nothing is null. */
    public RestoreSetRequest {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(expected, "expected");
    }

    /** Creates a request that expects no certain set. */
    public RestoreSetRequest(String folder, String target, OptionalInt partition, boolean zeroFree, boolean discard,
            boolean overwrite, boolean verify, PipelineOptions pipeline) {
        this(folder, target, partition, zeroFree, discard, overwrite, verify, pipeline, Optional.empty());
    }

    /** Creates a request that gives nothing back. */
    public RestoreSetRequest(String folder, String target, OptionalInt partition, boolean zeroFree, boolean overwrite,
            boolean verify, PipelineOptions pipeline) {
        this(folder, target, partition, zeroFree, false, overwrite, verify, pipeline);
    }

    @Override
    public String kind() {
        return "restore-set";
    }

    @Override
    public String subject() {
        return folder;
    }
}
