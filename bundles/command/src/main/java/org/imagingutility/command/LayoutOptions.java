package org.imagingutility.command;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.command.text.ByteSizes;
import picocli.CommandLine.Option;

/** How an image is divided, compressed and written, and how much of that is done at once. */
final class LayoutOptions {
    @Option(names = "--codec", order = 20, paramLabel = "NAME",
            description = "What compresses the frames; \"imaging plugins\" lists what there is. auto: zstd, with little "
                    + "effort for frames that hardly compress. Default: zstd.")
    private String codec;

    @Option(names = "--level", order = 21, paramLabel = "N", description = "Level of the codec. Default: the codec's own.")
    private Integer level;

    @Option(names = "--frame-size", order = 22, paramLabel = "SIZE", converter = SizeConverter.class,
            description = "Bytes of device that are compressed and checked as one: a power of two from 64K to 64M. "
                    + "Default: 4M.")
    private Long frameSize;

    @Option(names = "--chunk-size", order = 23, paramLabel = "SIZE", converter = SizeConverter.class,
            description = "Bytes of device between two commits to stable storage: a multiple of the frame size up to 1T. "
                    + "Default: 512M.")
    private Long chunkSize;

    @Option(names = "--parallel", order = 30, paramLabel = "N", defaultValue = "0",
            description = "Worker threads, 1 to 256; 0 for one for each processor. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(names = "--pipeline-depth", order = 31, paramLabel = "N", defaultValue = "0",
            description = "Frames in flight beside those being worked on, 1 to 256; 0 lets the program choose. Memory for frames "
                    + "is 2 * (parallel + depth) * frame size. Default: ${DEFAULT-VALUE}.")
    private int depth;

    @Option(names = "--no-adaptive-concurrency", order = 32,
            description = "Keep the number of workers fixed instead of following the bottleneck.")
    private boolean fixedWorkers;

    @Option(names = "--write-through", order = 33, description = "Have every write on stable storage before the next one.")
    private boolean writeThrough;

    ImageRequest.Layout layout() {
        if (frameSize != null && frameSize > ImageSpec.MAX_FRAME_SIZE) {
            throw new IllegalArgumentException("frame size " + frameSize + " is more than "
                    + ByteSizes.format(ImageSpec.MAX_FRAME_SIZE));
        }
        return new ImageRequest.Layout(ImageRequest.Layout.DEFAULT.format(), Optional.ofNullable(codec),
                level == null ? OptionalInt.empty() : OptionalInt.of(level),
                frameSize == null ? OptionalInt.empty() : OptionalInt.of(frameSize.intValue()),
                chunkSize == null ? OptionalLong.empty() : OptionalLong.of(chunkSize));
    }

    PipelineOptions pipeline() {
        return new PipelineOptions(parallel, depth, !fixedWorkers);
    }

    boolean writeThrough() {
        return writeThrough;
    }
}
