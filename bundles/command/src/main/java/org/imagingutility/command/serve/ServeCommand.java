package org.imagingutility.command.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.ImageNames;
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
@Command(name = "serve", sortOptions = false, customSynopsis = {"imaging serve nbd (--in=IMAGE | --export=NAME=IMAGE)... [options]",
            "imaging serve webdav (--in=IMAGE | --export=NAME=IMAGE)... [options]"},
        description = {"Serves images until Ctrl+C, without restoring them: as block devices (nbd), or by their files, to browsers and WebDAV clients "
                + "(webdav).", "An image is a file, the folder of a backup set "
                + "(the whole disk), or a partition of either (disk#2). Clients can read only, unless there is an --overlay."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ServeCommand implements Callable<Integer>, DetachableCommand {
    private static final String WEBDAV = "webdav";

    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(index = "0", paramLabel = "PROTOCOL", description = "What clients speak: nbd, webdav.")
    private String protocol;

    @Option(names = "--in", order = 1, paramLabel = "IMAGE", description = "What is served: of nbd the default export, the one without a name; of webdav "
            + "one image or more, each by the name of its file.")
    private List<String> images = new ArrayList<>();

    @Option(names = "--export", order = 2, paramLabel = "NAME=IMAGE",
            description = "What is served by that name. Several times for several exports.")
    private List<String> exports = new ArrayList<>();

    @Option(names = "--as-disk", order = 3, description = "nbd: Put a partition table around volumes, for systems that take disks only.")
    private boolean asDisk;

    @Option(names = "--overlay", order = 4, paramLabel = "FILE",
            description = "nbd: Let clients write: what they write goes into this file, the image stays as it is. A file that belongs to the same "
                    + "image is continued with. For one export.")
    private String overlay;

    @Option(names = "--drop-overlay", order = 5, description = "nbd: Remove the overlay when the server ends.")
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
        boolean files = protocol.equals(WEBDAV);
        List<ServeRequest.Export> served = files ? files() : served();
        var settings = endpoint.settings(files, !imaging.jobs().inShell());
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
        if (images.size() > 1) {
            throw new UsageException("--in names the default export, and there is one", "name the others: --export NAME=IMAGE");
        }
        for (String image : images) {
            served.add(export("", image));
        }
        served.addAll(named());
        if (overlay != null && served.size() > 1) {
            throw new UsageException("--overlay takes the writes to one export, and " + served.size() + " are named",
                    "run a server for each that is written to");
        }
        if (dropOverlay && overlay == null) {
            throw new UsageException("--drop-overlay goes with --overlay", null);
        }
        return checked(served);
    }

    private List<ServeRequest.Export> files() throws UsageException {
        if (asDisk || overlay != null || dropOverlay) {
            throw new UsageException("--as-disk, --overlay and --drop-overlay are for nbd", null);
        }
        List<ServeRequest.Export> served = named();
        ImageNames names = new ImageNames(served.stream().map(ServeRequest.Export::name).collect(Collectors.toSet()));
        for (int i = 0; i < images.size(); i++) {
            served.add(i, export(names.of(images.get(i)), images.get(i)));
        }
        return checked(served);
    }

    private List<ServeRequest.Export> named() throws UsageException {
        List<ServeRequest.Export> served = new ArrayList<>();
        for (String each : exports) {
            int end = each.indexOf('=');
            if (end < 1 || end == each.length() - 1) {
                throw new UsageException("\"" + each + "\" is no export", "write NAME=IMAGE: --export system=disk.skzimg");
            }
            served.add(export(each.substring(0, end), each.substring(end + 1)));
        }
        return served;
    }

    private static List<ServeRequest.Export> checked(List<ServeRequest.Export> served) throws UsageException {
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
