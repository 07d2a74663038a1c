package org.imagingutility.api.job;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.container.ImageLabels;

/**
 * Makes one image of one device.
 *
 * @param device reference of the device
 * @param target reference of the image
 * @param output how the image is written
 * @param source what of the device is read
 * @param readErrors what is done where the device cannot be read
 * @param layout how the image is divided and compressed
 * @param pipeline how much is done at once
 * @param linearHashes names of digests over the whole device content in order ({@code sha256}, {@code md5}, ...),
 *        free ranges as zeros
 * @param labels what the image is found by among others
 */
public record ImageRequest(String device, String target, Output output, Source source, ReadErrors readErrors,
        Layout layout, PipelineOptions pipeline, List<String> linearHashes, ImageLabels labels)
        implements JobRequest<ImageResult> {

    /** Checks that nothing is null. */
    public ImageRequest {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(readErrors, "readErrors");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(pipeline, "pipeline");
        linearHashes = List.copyOf(linearHashes);
        Objects.requireNonNull(labels, "labels");
        if (readErrors.retryRecorded() && output.resume().isEmpty()) {
            throw new IllegalArgumentException("recorded bad ranges are retried only when an image is resumed");
        }
    }

    /** Makes an image without labels. */
    public ImageRequest(String device, String target, Output output, Source source, ReadErrors readErrors, Layout layout,
            PipelineOptions pipeline, List<String> linearHashes) {
        this(device, target, output, source, readErrors, layout, pipeline, linearHashes, ImageLabels.NONE);
    }

    @Override
    public String kind() {
        return "image";
    }

    @Override
    public String subject() {
        return device;
    }

    /** Returns a request with all defaults. */
    public static ImageRequest of(String device, String target) {
        return new ImageRequest(device, target, Output.DEFAULT, Source.DEFAULT, ReadErrors.DEFAULT, Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of());
    }

    /** How much of an unfinished image, all of which is proven first, is compared with the device before a job resumes it. */
    public enum ResumeCheck {
        /** Every frame is compared with the device. */
        FULL,
        /** The frames written last and a sample of the others are; every frame is decoded and compared with its digest. */
        QUICK,
        /** None is, all are decoded; the device is recognised by its length, sector size and file system alone. */
        NONE
    }

    /**
     * How the image is written.
     *
     * @param overwrite whether an image that stands there, finished or not, may be replaced
     * @param writeThrough whether each write goes to stable storage at once
     * @param verify whether the finished image is read back and verified in full
     * @param resume whether an unfinished image that stands there is resumed, and how closely it is looked at first;
     *        empty to begin a new one
     * @param retryTarget how long a target that went away is waited for
     */
    public record Output(boolean overwrite, boolean writeThrough, boolean verify, Optional<ResumeCheck> resume,
            Duration retryTarget) {
        /** A new image, where none stands yet; half a minute for a target to come back. */
        public static final Output DEFAULT = new Output(false, false, false, Optional.empty(), Duration.ofSeconds(30));

        /** Checks that nothing is null or negative. */
        public Output {
            Objects.requireNonNull(resume, "resume");
            if (retryTarget.isNegative()) {
                throw new IllegalArgumentException("retryTarget " + retryTarget + " is negative");
            }
        }
    }

    /**
     * What of the device is read.
     *
     * @param allBlocks whether every byte is taken, whatever the file system says
     * @param optimizedReader whether neighbouring extents are read in one go and several reads are under way at once
     * @param maxThroughput most bytes read a second, 0 for no bound
     * @param maxBytes only the first so many bytes of the device are imaged, 0 for all
     * @param snapshot whether the device is frozen first, and the frozen view is read
     * @param keepAllFiles whether the content of files is kept as well that the system recreates (page files and the like)
     * @param sectorSize bytes of the sectors that the partition table counts in where the device is a partition, named
     *        {@code DISK#N}: 512 or 4096; empty for what the table, the disk, or what lies on the partitions tells
     */
    public record Source(boolean allBlocks, boolean optimizedReader, long maxThroughput, long maxBytes, boolean snapshot,
            boolean keepAllFiles, OptionalInt sectorSize) {
        /** Used extents only, no bounds, the device itself. */
        public static final Source DEFAULT = new Source(false, true, 0, 0);

        /** Checks the sector size. */
        public Source {
            if (sectorSize.isPresent() && sectorSize.getAsInt() != 512 && sectorSize.getAsInt() != 4096) {
                throw new IllegalArgumentException("sectors of " + sectorSize.getAsInt() + " bytes: partition tables count in"
                        + " sectors of 512 or 4096 bytes");
            }
        }

        /** Reads the device itself, which is not frozen. */
        public Source(boolean allBlocks, boolean optimizedReader, long maxThroughput, long maxBytes) {
            this(allBlocks, optimizedReader, maxThroughput, maxBytes, false);
        }

        /** Leaves out the content of files that the system recreates, and finds the sector size of a partition table out. */
        public Source(boolean allBlocks, boolean optimizedReader, long maxThroughput, long maxBytes, boolean snapshot) {
            this(allBlocks, optimizedReader, maxThroughput, maxBytes, snapshot, false);
        }

        /** Finds the sector size of a partition table out. */
        public Source(boolean allBlocks, boolean optimizedReader, long maxThroughput, long maxBytes, boolean snapshot,
                boolean keepAllFiles) {
            this(allBlocks, optimizedReader, maxThroughput, maxBytes, snapshot, keepAllFiles, OptionalInt.empty());
        }

        /** Returns the same of the device itself. */
        public Source ofTheDeviceItself() {
            return new Source(allBlocks, optimizedReader, maxThroughput, maxBytes, false, keepAllFiles, sectorSize);
        }

        /** Returns the same with another sector size. */
        public Source withSectorSize(OptionalInt newSectorSize) {
            return new Source(allBlocks, optimizedReader, maxThroughput, maxBytes, snapshot, keepAllFiles, newSectorSize);
        }
    }

    /**
     * What is done where the device cannot be read.
     *
     * @param record whether sectors that stay unreadable are recorded in the image, with zeros for content, rather than
     *        ending the job
     * @param retries how often an unreadable sector is tried again, 0 to 1000
     * @param timeout how long one read may take before it counts as failed, milliseconds at the least; zero for no bound
     * @param badMap path of a ddrescue map file: what it does not call finished counts as unreadable and is not tried.
     *        Only together with {@code record}
     * @param retryRecorded whether the ranges that a finished image has recorded as unreadable are tried once more; only
     *        together with {@link Output#resume}
     */
    public record ReadErrors(boolean record, int retries, Duration timeout, Optional<String> badMap,
            boolean retryRecorded) {
        /** Three more tries, then the job ends. */
        public static final ReadErrors DEFAULT = new ReadErrors(false, 3, Duration.ZERO, Optional.empty(), false);

        /** Checks the ranges. */
        public ReadErrors {
            Objects.requireNonNull(badMap, "badMap");
            if (retries < 0 || retries > 1000) {
                throw new IllegalArgumentException("retries " + retries + " is not in 0..1000");
            }
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("timeout " + timeout + " is negative");
            }
            if (badMap.isPresent() && !record) {
                throw new IllegalArgumentException("a map of bad ranges makes sense only where bad ranges are recorded");
            }
        }
    }

    /**
     * How the image is divided and compressed. What is left open is the default for a new image, and what the image has
     * for one that is resumed.
     *
     * @param format name of the container format
     * @param codec name of the codec, or {@link #AUTO_CODEC}
     * @param level level of the codec; if left open its default
     * @param frameSize bytes of device in a frame
     * @param chunkSize bytes of device in a chunk
     */
    public record Layout(String format, Optional<String> codec, OptionalInt level, OptionalInt frameSize,
            OptionalLong chunkSize) {
        /** Codec of a new image. */
        public static final String DEFAULT_CODEC = "zstd";
        /** In the place of a codec's name: the default codec, which takes little time for frames that hardly compress. */
        public static final String AUTO_CODEC = "auto";
        /** Bytes of device in a frame of a new image. */
        public static final int DEFAULT_FRAME_SIZE = 4 << 20;
        /** Bytes of device in a chunk of a new image. */
        public static final long DEFAULT_CHUNK_SIZE = 512L << 20;
        /** skz, all else left open. */
        public static final Layout DEFAULT = new Layout("skz", Optional.empty(), OptionalInt.empty(),
                OptionalInt.empty(), OptionalLong.empty());

        /** Checks that nothing is null. */
        public Layout {
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(codec, "codec");
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(frameSize, "frameSize");
            Objects.requireNonNull(chunkSize, "chunkSize");
        }
    }
}
