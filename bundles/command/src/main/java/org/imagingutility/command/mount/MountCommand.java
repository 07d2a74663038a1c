package org.imagingutility.command.mount;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.command.console.ExitCodes;
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

/** {@code imaging mount}. */
@Command(name = "mount", sortOptions = false, customSynopsis = "imaging mount --in=IMAGE --at=DIR [options]",
        description = {"Shows the files of an image in a folder, read-only, until Ctrl+C or \"unmount\". Linux, root.", "An image is a file, the folder "
                + "of a backup set, or a partition of either (disk#2). Of a disk the only partition with a file system is taken."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class MountCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 64;

    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, order = 1, paramLabel = "IMAGE", description = "The image.")
    private String image;

    @Option(names = "--at", required = true, order = 2, paramLabel = "DIR", description = "The folder, which is there already.")
    private String at;

    @Option(names = "--type", order = 3, paramLabel = "TYPE", description = "Type of the file system, as \"mount -t\" takes it. Default: found out.")
    private String type;

    @Option(names = "--options", order = 4, paramLabel = "LIST",
            description = "More options for \"mount -o\", for example noload for an ext file system that was in use when it was imaged.")
    private String options;

    @Option(names = "--cache", order = 40, paramLabel = "SIZE", converter = SizeConverter.class, defaultValue = "64M",
            description = "Memory for decoded content. Default: ${DEFAULT-VALUE}.")
    private long cache;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Override
    public Integer call() throws ImagingException {
        Mounter mounter = Mounter.ofSystem(image, at);
        mounter.showing().check(image, at);
        MountFolder folder = mounter.claim(at);
        ServeRequest request = ValidRequest.of(() -> new ServeRequest("nbd", List.of(new ServeRequest.Export("", image, false, Optional.empty())),
                new ServeSettings(new Endpoint.UnixSocket(folder.socket().toString()), Optional.empty(), CONNECTIONS), cache, parallel.pipeline()));
        ServeResult result;
        try (JobDisplay run = imaging.beginJob()) {
            Mounting mounting = new Mounting(mounter, folder, new Mounting.Wanted(image, at, type, options), imaging.directService(), run,
                    imaging::cancelled);
            mounting.begin();
            try {
                // not as a job of the list: by itself it would be of no use to whoever starts it again
                result = imaging.directService().serve(request, mounting);
            } catch (ImagingException | RuntimeException | Error e) {
                endAfter(mounting, e);
                throw e;
            }
            mounting.end();
        }
        imaging.result(() -> ServeReport.print(imaging.console().out(), request, result), node -> ServeReport.write(node, result));
        return ExitCodes.DONE;
    }

    private static void endAfter(Mounting mounting, Throwable error) {
        try {
            mounting.end();
        } catch (ImagingException e) {
            error.addSuppressed(e);
        }
    }
}
