package org.imagingutility.command.files;

import java.util.Optional;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.command.options.SizeConverter;
import org.imagingutility.command.options.ValidRequest;
import picocli.CommandLine.Option;

/** How the volume is read whose files are wanted. */
final class VolumeOptions {
    @Option(names = "--file-system", order = 60, paramLabel = "NAME",
            description = "Ask this reader alone: ext, fat, ... If left out, the one that knows what is there.")
    private String fileSystem;

    @Option(names = "--code-page", order = 61, paramLabel = "NAME", defaultValue = "IBM437",
            description = "Code page of names that are kept in bytes of one (short names of FAT). Default: ${DEFAULT-VALUE}.")
    private String codePage;

    @Option(names = "--cache", order = 62, paramLabel = "SIZE", converter = SizeConverter.class, defaultValue = "64M",
            description = "Memory for decoded content of an image. Default: ${DEFAULT-VALUE}.")
    private long cache;

    /** Returns the request for the volume that {@code source} names. */
    BrowseRequest request(String source) throws UsageException {
        return ValidRequest.of(() -> new BrowseRequest(source, Optional.ofNullable(fileSystem), codePage, cache));
    }
}
