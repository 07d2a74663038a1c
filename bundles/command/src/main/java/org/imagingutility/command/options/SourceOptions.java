package org.imagingutility.command.options;

import org.imagingutility.api.job.ImageRequest;
import picocli.CommandLine.Option;

/** How a device is read. */
public final class SourceOptions {
    @Option(names = "--all-blocks", order = 10, arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Take every byte, whatever the file system says. Default: ${DEFAULT-VALUE}.")
    private boolean allBlocks;

    @Option(names = "--keep-all-files", order = 10, arity = "0..1", fallbackValue = "true", defaultValue = "false",
            paramLabel = "true|false", description = "Keep the content of files, too, that Windows recreates: pagefile.sys, swapfile.sys, "
                    + "hiberfil.sys, storage of snapshots. Default: ${DEFAULT-VALUE}.")
    private boolean keepAllFiles;

    @Option(names = "--max-bytes", order = 11, paramLabel = "SIZE", defaultValue = "0", converter = SizeConverter.class,
            description = "Image only the first so many bytes of the device; 0 for all. Default: ${DEFAULT-VALUE}.")
    private long maxBytes;

    @Option(names = "--max-throughput", order = 12, paramLabel = "SIZE", defaultValue = "0", converter = SizeConverter.class,
            description = "Read at most so many bytes a second; 0 for no bound. Default: ${DEFAULT-VALUE}.")
    private long maxThroughput;

    @Option(names = "--no-optimized-reader", order = 13, arity = "0..1", fallbackValue = "true", defaultValue = "false",
            paramLabel = "true|false", description = "Read extent by extent, one at a time: neither join neighbours nor read ahead. "
                    + "Default: ${DEFAULT-VALUE}.")
    private boolean plainReader;

    @Option(names = "--snapshot", order = 14, arity = "0..1", fallbackValue = "true", defaultValue = "false",
            paramLabel = "true|false", description = "Freeze the device first and read the frozen view, so that it may be in use "
                    + "meanwhile. Default: ${DEFAULT-VALUE}.")
    private boolean snapshot;

    @Option(names = "--use-vss", order = 15, arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "On Windows: freeze volumes by the Volume Shadow Copy Service first; the same as --snapshot there. Not together "
                    + "with --all-blocks. Default: ${DEFAULT-VALUE}.")
    private boolean useVss;

    private final boolean windows;

    public SourceOptions() {
        this(System.getProperty("os.name", "").startsWith("Windows"));
    }

    SourceOptions(boolean windows) {
        this.windows = windows;
    }

    /** Returns what they say; an IllegalArgumentException where they contradict each other or the system. */
    public ImageRequest.Source source() {
        if (useVss && allBlocks) {
            throw new IllegalArgumentException("--use-vss and --all-blocks do not go together: a shadow copy holds what the file system has in"
                    + " use, and what it has for free space need not be what the volume has there. Leave out one of them");
        }
        if (useVss && !windows) {
            throw new IllegalArgumentException("--use-vss is for Windows: the Volume Shadow Copy Service is a part of it. On this system --snapshot"
                    + " freezes what can be frozen");
        }
        return new ImageRequest.Source(allBlocks, !plainReader, maxThroughput, maxBytes, snapshot || useVss, keepAllFiles);
    }
}
