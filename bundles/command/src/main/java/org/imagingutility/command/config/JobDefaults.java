package org.imagingutility.command.config;

import static org.imagingutility.api.config.Setting.choice;
import static org.imagingutility.api.config.Setting.flag;
import static org.imagingutility.api.config.Setting.number;
import static org.imagingutility.api.config.Setting.powerOfTwo;
import static org.imagingutility.api.config.Setting.size;
import static org.imagingutility.api.config.Setting.text;
import static org.imagingutility.api.config.Setting.time;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.config.Units;
import org.osgi.service.component.annotations.Component;

/**
 * What the options of the commands are if they are left out. A key is the kind of command and the option's name; the
 * options themselves ask for their value when a command line is parsed.
 */
@Component
public final class JobDefaults implements SettingGroup {
    /** Stands for: whatever the program chooses by itself. */
    static final String OPEN = "auto";
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long TIB = 1L << 40;
    private static final int MOST_THREADS = 256;
    private static final UnaryOperator<String> NAME = JobDefaults::name;
    private static final UnaryOperator<String> LEVEL = value -> {
        if (value.equalsIgnoreCase(OPEN)) {
            return OPEN;
        }
        int level = Integer.parseInt(value);
        if (Math.abs((long) level) > 1_000_000) {
            throw new IllegalArgumentException();
        }
        return Integer.toString(level);
    };
    private static final List<Setting> SETTINGS = List.of(
            choice("progress", OPEN, List.of(OPEN, "bar", "plain", "json"),
                    "How progress is shown; auto is a bar on a terminal, else plain."),
            flag("image.all-blocks", false, "Take every byte, whatever the file system says."),
            flag("image.keep-all-files", false, "Keep the content of files, too, that Windows makes anew."),
            flag("image.optimized-reader", true, "Join neighbouring extents and read ahead."),
            size("image.max-throughput", "0", 0, TIB, "Read at most so many bytes a second; 0 for no bound."),
            flag("image.snapshot", false, "Freeze the device first and read the frozen view."),
            choice("image.on-read-error", "fail", List.of("fail", "record"), "What to do with a sector that stays unreadable."),
            number("image.retries", 3, 0, 1000, "How often an unreadable sector is tried again."),
            time("image.read-timeout", "0s", "0s", "24h", "How long one read may take before it counts as failed; 0s for no bound."),
            text("image.format", "skz", "the name of a container format: 1 to 32 lower-case letters, digits and hyphens",
                    "Container format of a new image.", NAME),
            text("image.codec", "zstd", "the name of a codec: 1 to 32 lower-case letters, digits and hyphens",
                    "What compresses the frames; auto is zstd, with little effort for frames that hardly compress.", NAME),
            text("image.level", OPEN, "auto or a whole number that is a level of the codec, within -1000000 to 1000000",
                    "Level of the codec; auto is the codec's own. Not used where --codec names another codec.", LEVEL),
            powerOfTwo("image.frame-size", "4M", 64 * KIB, 64 * MIB, "Bytes of device that are compressed and checked as one."),
            size("image.chunk-size", "512M", 64 * KIB, TIB,
                    "Bytes of device between two commits to stable storage: a multiple of the frame size."),
            number("image.parallel", 0, 0, MOST_THREADS, "Worker threads; 0 for one for each processor."),
            number("image.pipeline-depth", 0, 0, MOST_THREADS,
                    "Frames in flight beside those being worked on; 0 lets the program choose."),
            flag("image.adaptive-concurrency", true, "Let the number of workers follow the bottleneck."),
            flag("image.write-through", false, "Have every write on stable storage before the next one."),
            flag("image.verify", false, "Read the finished image back and verify every frame."),
            choice("image.resume-check", "quick", List.of("full", "quick", "none"),
                    "How much of an unfinished image is compared with the device before it is resumed."),
            choice("image.unpartitioned", "auto", List.of("auto", "all", "ends"),
                    "What backup-disk keeps of the space in no partition."),
            time("image.retry-target", "30s", "0s", "24h", "How long to wait for a target that goes away."),
            flag("verify.quick", false, "Check the structure, but only a sample of the frames."),
            flag("verify.uncached", false, "Read from the medium, past the system's cache, where that can be done."),
            flag("verify.markers", false, "Leave a file beside the image that says what was found."),
            number("verify.parallel", 0, 0, MOST_THREADS, "Worker threads; 0 for one for each processor."),
            flag("restore.zero-free", false, "Make zeros of what was not in use."),
            flag("restore.discard", false, "Give what was not in use back to the device or the file system (TRIM, holes)."),
            flag("restore.verify", false, "Read back what was written and compare it."),
            number("restore.parallel", 0, 0, MOST_THREADS, "Worker threads; 0 for one for each processor."),
            number("export.parallel", 0, 0, MOST_THREADS, "Worker threads; 0 for one for each processor."),
            number("repair.parallel", 0, 0, MOST_THREADS, "Worker threads; 0 for one for each processor."));

    /** Creates the group; it has no state. */
    public JobDefaults() {
    }

    @Override
    public String pid() {
        return "org.imagingutility.command";
    }

    @Override
    public String description() {
        return "What the options of the commands are if they are left out.";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Optional<String> contradiction(Map<String, String> values) {
        long frame = Units.bytes(values.get("image.frame-size"));
        long chunk = Units.bytes(values.get("image.chunk-size"));
        return chunk % frame == 0 ? Optional.empty() : Optional.of("image.chunk-size = \"" + values.get("image.chunk-size")
                + "\" is refused: it must be a multiple of image.frame-size (" + values.get("image.frame-size") + ")");
    }

    /** {@inheritDoc} Nothing is done: the options ask. */
    @Override
    public void apply(Map<String, String> values) {
    }

    private static String name(String value) {
        String name = value.toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException();
        }
        return name;
    }
}
