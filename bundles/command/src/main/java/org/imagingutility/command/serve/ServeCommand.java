package org.imagingutility.command.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ParallelOption;
import org.imagingutility.command.options.SizeConverter;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ServeReport;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging serve}. */
@Command(name = "serve", sortOptions = false, customSynopsis = "imaging serve nbd (--in=IMAGE | --export=NAME=IMAGE)... [options]",
        description = {"Serves images as block devices until Ctrl+C, without restoring them.", "An image is a file, the folder of a backup set "
                + "(the whole disk), or a partition of either (disk#2). Clients can read only, unless there is an --overlay."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ServeCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(index = "0", paramLabel = "PROTOCOL", description = "What clients speak: nbd.")
    private String protocol;

    @Option(names = "--in", order = 1, paramLabel = "IMAGE", description = "What is served as the default export, the one without a name.")
    private String image;

    @Option(names = "--export", order = 2, paramLabel = "NAME=IMAGE",
            description = "What is served by that name. Several times for several exports.")
    private List<String> exports = new ArrayList<>();

    @Option(names = "--as-disk", order = 3, description = "Put a partition table around volumes, for systems that take disks only.")
    private boolean asDisk;

    @Option(names = "--overlay", order = 4, paramLabel = "FILE",
            description = "Let clients write: what they write goes into this file, the image stays as it is. A file that belongs to the same "
                    + "image is continued with. For one export.")
    private String overlay;

    @Option(names = "--drop-overlay", order = 5, description = "Remove the overlay when the server ends.")
    private boolean dropOverlay;

    @Mixin
    private EndpointOptions endpoint = new EndpointOptions();

    @Option(names = "--cache", order = 40, paramLabel = "SIZE", converter = SizeConverter.class, defaultValue = "64M",
            description = "Memory for decoded content, of all exports together. Default: ${DEFAULT-VALUE}.")
    private long cache;

    @Mixin
    private ParallelOption parallel = new ParallelOption();

    @Override
    public Integer call() throws ImagingException {
        List<ServeRequest.Export> served = served();
        var settings = endpoint.settings();
        ServeRequest request = ValidRequest.of(() -> new ServeRequest(protocol, served, settings, cache, parallel.pipeline()));
        ServeResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().serve(request, run);
        }
        imaging.result(() -> ServeReport.print(imaging.console().out(), request, result), node -> ServeReport.write(node, result));
        return ExitCodes.DONE;
    }

    private List<ServeRequest.Export> served() throws UsageException {
        List<ServeRequest.Export> served = new ArrayList<>();
        if (image != null) {
            served.add(export("", image));
        }
        for (String each : exports) {
            int end = each.indexOf('=');
            if (end < 1 || end == each.length() - 1) {
                throw new UsageException("\"" + each + "\" is no export", "write NAME=IMAGE: --export system=disk.skzimg");
            }
            served.add(export(each.substring(0, end), each.substring(end + 1)));
        }
        if (overlay != null && served.size() > 1) {
            throw new UsageException("--overlay takes the writes to one export, and " + served.size() + " are named",
                    "run a server for each that is written to");
        }
        if (dropOverlay && overlay == null) {
            throw new UsageException("--drop-overlay goes with --overlay", null);
        }
        if (served.isEmpty()) {
            throw new UsageException("nothing is named that is to be served", "--in IMAGE, or --export NAME=IMAGE");
        }
        return served;
    }

    private ServeRequest.Export export(String name, String from) throws UsageException {
        return ValidRequest.of(() -> new ServeRequest.Export(name, from, asDisk, Optional.ofNullable(overlay)
                .map(file -> new ServeRequest.Overlay(file, !dropOverlay))));
    }
}
