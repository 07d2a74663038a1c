package org.imagingutility.command.mount;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ImageNames;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.SizeConverter;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ServeReport;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging mount-webdav}. */
@Command(name = "mount-webdav", sortOptions = false, customSynopsis = "imaging mount-webdav --in=IMAGE... [options]",
        description = {"Serves the files of images to programs on this machine until Ctrl+C: on Windows under a drive letter, elsewhere it says how to "
                + "mount them.", "An image is a file, the folder of a backup set, or a partition of either (disk#2). Nothing can be written."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class MountWebdavCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 64;

    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, order = 1, paramLabel = "IMAGE", description = "An image. Several times for several.")
    private List<String> images = new ArrayList<>();

    @Option(names = "--drive", order = 2, paramLabel = "X:", defaultValue = "*",
            description = "Windows: The letter. Default: the last one that is free.")
    private String drive;

    @Option(names = "--port", order = 3, paramLabel = "N", defaultValue = "0", description = "TCP port of 127.0.0.1. Default: any that is free.")
    private int port;

    @Option(names = "--cache", order = 40, paramLabel = "SIZE", converter = SizeConverter.class, defaultValue = "64M",
            description = "Memory for decoded content. Default: ${DEFAULT-VALUE}.")
    private long cache;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Override
    public Integer call() throws ImagingException {
        if (!drive.matches("[A-Za-z]:|\\*")) {
            throw new UsageException("\"" + drive + "\" is no letter of a drive", "for example --drive X:");
        }
        ImageNames names = new ImageNames(Set.of());
        ServeRequest request = ValidRequest.of(() -> new ServeRequest("webdav",
                images.stream().map(image -> new ServeRequest.Export(names.of(image), image, false, Optional.empty())).toList(),
                new ServeSettings(new Endpoint.Tcp("127.0.0.1", port), Optional.empty(), CONNECTIONS), cache, parallel.pipeline()));
        ServeResult result;
        try (JobDisplay run = imaging.beginJob()) {
            WebdavMounting mounting = new WebdavMounting(DriveLetter.ofSystem(drive), run, imaging::cancelled);
            try {
                // not as a job of the list: by itself it would be of no use to whoever starts it again
                result = imaging.directService().serve(request, mounting);
            } finally {
                mounting.end();
            }
            mounting.check();
        }
        imaging.result(() -> ServeReport.print(imaging.console().out(), request, result), node -> ServeReport.write(node, result));
        return ExitCodes.DONE;
    }
}
