package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;

/**
 * Writes the whole device of an image as a virtual disk; free ranges are zeros.
 *
 * @param image reference of the image
 * @param target reference of the file to make
 * @param format name of the format of virtual disks: {@code vhd}, {@code vhd-fixed}, {@code vhdx}, {@code qcow2}, ...
 * @param overwrite whether a file that exists may be replaced
 * @param pipeline how much is done at once
 * @param expected a digest that the image must have: its image digest, its content digest, or the SHA-256 of the whole device; it is compared
 *        before anything is written, and with what was computed
 */
public record DiskExportRequest(String image, String target, String format, boolean overwrite, PipelineOptions pipeline,
        Optional<Digest> expected) implements JobRequest<DiskExportResult> {

    /** Checks that nothing is null. */
    public DiskExportRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(expected, "expected");
    }

    /** Creates a request that expects no certain image. */
    public DiskExportRequest(String image, String target, String format, boolean overwrite, PipelineOptions pipeline) {
        this(image, target, format, overwrite, pipeline, Optional.empty());
    }

    @Override
    public String kind() {
        return "export-disk";
    }

    @Override
    public String subject() {
        return image;
    }
}
