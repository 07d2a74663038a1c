package org.imagingutility.command.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ExtractReport;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging extract}. */
@Command(name = "extract", sortOptions = false, customSynopsis = "imaging extract --in=IMAGE --to=DIR [options] [PATH...]",
        description = {"Writes files of a volume into a folder, without mounting it, with their times, permissions, holes and links.",
            "IMAGE is an image, the folder of a backup set, a device or a raw file, or a partition of any of these (disk#2)."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ExtractCommand implements Callable<Integer>, DetachableCommand {
    private static final List<String> OWNERS = List.of("keep", "mine");

    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, order = 1, paramLabel = "IMAGE", description = "What the files are on.")
    private String image;

    @Option(names = "--to", required = true, order = 2, paramLabel = "DIR", description = "The folder to write into; made if it is not there.")
    private String folder;

    @Option(names = "--merge", order = 3, description = "Write into a folder that has something in it. What is there already, of the same "
            + "kind, size and time, stays: so an extraction that was interrupted goes on.")
    private boolean merge;

    @Option(names = "--force", order = 4, description = "With --merge: replace files that are there and are others.")
    private boolean force;

    @Option(names = "--streams", order = 5, description = "Write extended attributes too, and alternate streams as files NAME:STREAM beside "
            + "the file NAME.")
    private boolean streams;

    @Option(names = "--special", order = 6, description = "Make devices, pipes and sockets; they are left out otherwise, and listed.")
    private boolean special;

    @Option(names = "--owner", order = 7, paramLabel = "keep|mine", description = "Whose the files are: keep for the owner that they have on the "
            + "volume, mine for the one who runs this. Default: keep for root, else mine.")
    private String owner;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "What is wanted, with slashes between names; * ? and [a-z] in names stand "
            + "for characters. Directories with all in them. Default: all.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Override
    public Integer call() throws ImagingException {
        if (owner != null && !OWNERS.contains(owner)) {
            throw new UsageException("--owner is keep or mine, not \"" + owner + "\"", null);
        }
        BrowseRequest source = volume.request(image);
        ExtractRequest request = ValidRequest.of(() -> new ExtractRequest(source, paths, folder, merge, force, streams, special,
                Optional.ofNullable(owner).map(OWNERS.get(0)::equals)));
        ExtractResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().extract(request, run);
        }
        imaging.result(() -> ExtractReport.print(imaging.console().out(), request, result), node -> ExtractReport.write(node, result));
        return ExtractReport.exitCode(result);
    }
}
