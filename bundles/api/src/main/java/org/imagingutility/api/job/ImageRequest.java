package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Makes one image of one device.
 *
 * @param device reference of the device
 * @param target reference of the image
 * @param overwrite whether an image that stands there may be replaced
 * @param writeThrough whether each write goes to stable storage at once
 * @param verify whether the finished image is read back and verified in full
 * @param source how the device is read
 * @param layout how the image is divided and compressed
 * @param pipeline how much is done at once
 * @param linearHashes names of digests over the whole device content in order ({@code sha256}, {@code md5}, ...),
 *        free ranges as zeros
 */
public record ImageRequest(String device, String target, boolean overwrite, boolean writeThrough, boolean verify,
        Source source, Layout layout, PipelineOptions pipeline, List<String> linearHashes) {

    /** Checks that nothing is null. */
    public ImageRequest {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(pipeline, "pipeline");
        linearHashes = List.copyOf(linearHashes);
    }

    /** Returns a request with all defaults. */
    public static ImageRequest of(String device, String target) {
        return new ImageRequest(device, target, false, false, false, Source.DEFAULT, Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of());
    }

    /**
     * How the device is read.
     *
     * @param allBlocks whether every byte is taken, whatever the file system says
     * @param optimizedReader whether neighbouring extents are read in one go and several reads are under way at once
     * @param maxThroughput most bytes read a second, 0 for no bound
     * @param maxBytes only the first so many bytes of the device are imaged, 0 for all
     */
    public record Source(boolean allBlocks, boolean optimizedReader, long maxThroughput, long maxBytes) {
        /** Used extents only, no bounds. */
        public static final Source DEFAULT = new Source(false, true, 0, 0);
    }

    /**
     * How the image is divided and compressed.
     *
     * @param format name of the container format
     * @param codec name of the codec
     * @param level level of the codec; empty for its default
     * @param frameSize bytes of device in a frame
     * @param chunkSize bytes of device in a chunk
     */
    public record Layout(String format, String codec, OptionalInt level, int frameSize, long chunkSize) {
        /** skz, zstd, 4 MiB frames, 512 MiB chunks. */
        public static final Layout DEFAULT = new Layout("skz", "zstd", OptionalInt.empty(), 4 << 20, 512L << 20);
    }
}
