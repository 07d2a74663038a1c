package org.imagingutility.command.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.command.text.ByteSizes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How an image is divided, compressed and written, and how much of that is done at once. */
public final class LayoutOptions {
    private static final String OPEN = "auto";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--format", order = 19, paramLabel = "NAME", defaultValue = "skz",
            description = "Container format of a new image; \"imaging plugins\" lists what there is. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Option(names = "--codec", order = 20, paramLabel = "NAME", defaultValue = ImageRequest.Layout.DEFAULT_CODEC,
            description = "What compresses the frames; \"imaging plugins\" lists what there is. auto: zstd, with little "
                    + "effort for frames that hardly compress. Default: ${DEFAULT-VALUE}.")
    private String codec;

    @Option(names = "--level", order = 21, paramLabel = "N", defaultValue = OPEN, converter = LevelConverter.class,
            description = "Level of the codec; auto is the codec's own. Default: ${DEFAULT-VALUE}.")
    private OptionalInt level;

    @Option(names = "--frame-size", order = 22, paramLabel = "SIZE", converter = SizeConverter.class, defaultValue = "4M",
            description = "Bytes of device that are compressed and checked as one: a power of two from 64K to 64M. "
                    + "Default: ${DEFAULT-VALUE}.")
    private long frameSize;

    @Option(names = "--chunk-size", order = 23, paramLabel = "SIZE", converter = SizeConverter.class, defaultValue = "512M",
            description = "Bytes of device between two commits to stable storage: a multiple of the frame size up to 1T. "
                    + "Default: ${DEFAULT-VALUE}.")
    private long chunkSize;

    @Option(names = "--parallel", order = 30, paramLabel = "N", defaultValue = "0",
            description = "Worker threads, 1 to 256; 0 for one for each processor. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(names = "--pipeline-depth", order = 31, paramLabel = "N", defaultValue = "0",
            description = "Frames in flight beside those being worked on, 1 to 256; 0 lets the program choose. Memory for frames "
                    + "is 2 * (parallel + depth) * frame size. Default: ${DEFAULT-VALUE}.")
    private int depth;

    @Option(names = "--no-adaptive-concurrency", order = 32, arity = "0..1", fallbackValue = "true", defaultValue = "false",
            paramLabel = "true|false", description = "Keep the number of workers fixed instead of following the bottleneck. "
                    + "Default: ${DEFAULT-VALUE}.")
    private boolean fixedWorkers;

    @Option(names = "--write-through", order = 33, arity = "0..1", fallbackValue = "true", defaultValue = "false",
            paramLabel = "true|false", description = "Have every write on stable storage before the next one. "
                    + "Default: ${DEFAULT-VALUE}.")
    private boolean writeThrough;

    /**
     * Returns the layout. What was not typed is as the settings say; left open for an image that is gone on with, which
     * stays as it is.
     */
    public ImageRequest.Layout layout(boolean resume, String target) {
        if (frameSize > ImageSpec.MAX_FRAME_SIZE) {
            throw new IllegalArgumentException("frame size " + frameSize + " is more than "
                    + ByteSizes.format(ImageSpec.MAX_FRAME_SIZE));
        }
        boolean kept = resume && mayStandAt(target);
        boolean codecTyped = MatchedOptions.on(command, "--codec");
        return new ImageRequest.Layout(format,
                chosen(codecTyped, kept, !codec.equals(ImageRequest.Layout.DEFAULT_CODEC)) ? Optional.of(codec) : Optional.empty(),
                // a level that is set is one of the codec that is set
                chosen(MatchedOptions.on(command, "--level"), kept || codecTyped, true) ? level : OptionalInt.empty(),
                chosen(MatchedOptions.on(command, "--frame-size"), kept, frameSize != ImageRequest.Layout.DEFAULT_FRAME_SIZE)
                        ? OptionalInt.of((int) frameSize) : OptionalInt.empty(),
                chosen(MatchedOptions.on(command, "--chunk-size"), kept, chunkSize != ImageRequest.Layout.DEFAULT_CHUNK_SIZE)
                        ? OptionalLong.of(chunkSize) : OptionalLong.empty());
    }

    /** What was typed counts; what was set counts only where nothing else decides, and need not be said where it is usual. */
    private static boolean chosen(boolean typed, boolean decided, boolean unusual) {
        return typed || !decided && unusual;
    }

    /** Says whether an image may stand at {@code target}, finished or not; true where only the image store knows. */
    private static boolean mayStandAt(String target) {
        try {
            return target.contains("://") || Files.exists(FilePaths.of(target)) || Files.exists(FilePaths.of(target + ".partial"));
        } catch (InvalidPathException e) {
            return true;
        }
    }

    public PipelineOptions pipeline() {
        return new PipelineOptions(parallel, depth, !fixedWorkers);
    }

    public boolean writeThrough() {
        return writeThrough;
    }

    /** Reads a level, or nothing for {@code auto}. */
    static final class LevelConverter implements ITypeConverter<OptionalInt> {
        @Override
        public OptionalInt convert(String value) {
            try {
                return value.equalsIgnoreCase(OPEN) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
            } catch (NumberFormatException e) {
                throw new TypeConversionException("\"" + value + "\" is no level: a whole number, or auto");
            }
        }
    }
}
