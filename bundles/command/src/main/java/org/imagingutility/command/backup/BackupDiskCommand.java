package org.imagingutility.command.backup;

import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupRequest.Unpartitioned;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.DiskOption;
import org.imagingutility.command.options.DivisionOptions;
import org.imagingutility.command.options.LayoutOptions;
import org.imagingutility.command.options.ReadErrorOptions;
import org.imagingutility.command.options.RepositoryOptions;
import org.imagingutility.command.options.ResumeOptions;
import org.imagingutility.command.options.SizeConverter;
import org.imagingutility.command.options.SourceOptions;
import org.imagingutility.command.options.ValidRequest;
import org.imagingutility.command.report.ImageReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.report.SetJson;
import org.imagingutility.command.report.SetReport;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging backup-disk}. */
@Command(name = "backup-disk", sortOptions = false,
        customSynopsis = {"imaging backup-disk (--device=DEVICE | --disk=N) --out-dir=DIR [options]",
            "imaging backup-disk (--device=DEVICE | --disk=N) --repository=REPOSITORY --name=NAME [options]"},
        description = {"Makes a backup set of a whole disk: a folder with one image for each partition, what lies outside of them "
                + "(partition table, boot loaders) and a manifest.",
            "Without the manifest, which is written last, a set is not complete. In a repository a disk is one image, of which R#NAME#N is partition N.",
            "Options that are not told here are those of image."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class BackupDiskCommand implements Callable<Integer>, DetachableCommand {
    private static final String IN_REPOSITORY = "imaging backup-disk --device=DEVICE --repository=REPOSITORY --name=NAME";

    @ParentCommand
    private ImagingCommand imaging;

    @ArgGroup(multiplicity = "1")
    private DiskOption disk = new DiskOption();

    @Option(names = "--out-dir", paramLabel = "DIR", order = 3, description = "The folder of the set; made if it is not there.")
    private String folder;

    @Mixin
    private RepositoryOptions place = new RepositoryOptions();

    @Option(names = "--force", order = 4, description = "Replace a set that stands there, complete or not. Its manifest is removed at once.")
    private boolean force;

    @Option(names = "--verify", order = 5, arity = "0..1", fallbackValue = "true", defaultValue = "false", paramLabel = "true|false",
            description = "Verify the finished set. If it is not sound, its manifest is removed again.")
    private boolean verify;

    @Option(names = "--raw-dumps", order = 6, description = "Copy partitions that no allocator knows as they are instead of imaging them.")
    private boolean rawDumps;

    @Option(names = "--skip-hashes", order = 7, description = "Compute no SHA-256 of whole files. Images have digests of their own all the same.")
    private boolean skipHashes;

    @Option(names = "--hash-cutoff", order = 8, paramLabel = "SIZE", defaultValue = "1G", converter = SizeConverter.class,
            description = "Compute no SHA-256 of image files larger than this: it needs reading them once more. Default: ${DEFAULT-VALUE}.")
    private long hashCutoff;

    @Option(names = "--hash", order = 9, paramLabel = "NAME", split = ",", description = "Also compute digests over each partition in order, free "
            + "ranges as zeros: sha256, sha1, md5 ...; several with commas.")
    private List<String> hashes = List.of();

    @Mixin
    private DivisionOptions division = new DivisionOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private ReadErrorOptions readErrors = new ReadErrorOptions();

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    @Mixin
    private ResumeOptions resume = new ResumeOptions();

    @Override
    public Integer call() throws ImagingException {
        if (place.asked() == (folder != null)) {
            throw new UsageException("where to is " + (folder == null ? "missing" : "said twice") + ": --out-dir, or --repository and --name",
                    IN_REPOSITORY);
        }
        return place.asked() ? callForImage() : callForSet();
    }

    /** In a repository a disk is one image, so that it is kept, forgotten and copied as one. */
    private Integer callForImage() throws ImagingException {
        BackupRequest.Division asked = division.division();
        boolean ofFolders = !ValidRequest.of(this::artefacts).equals(BackupRequest.Artefacts.DEFAULT) || asked.unpartitioned() != Unpartitioned.AUTO;
        if (force || resume.asked() || ofFolders) {
            throw new UsageException("--force, --resume, --raw-dumps, --skip-hashes, --hash-cutoff and --unpartitioned are for sets in folders",
                    IN_REPOSITORY);
        }
        String target = place.target(imaging.directService(), IN_REPOSITORY);
        String device = disk.reference(imaging.directService());
        ImageRequest request = ValidRequest.of(() -> new ImageRequest(device, target, resume.output(false, layout.writeThrough(), verify),
                source.source().withSectorSize(asked.sectorSize()), readErrors.readErrors(false), place.layout(layout.layout(false, target)),
                layout.pipeline(), hashes, place.labels()));
        ImageResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().image(request, run);
        }
        imaging.result(() -> ImageReport.print(imaging.console().out(), request, result), node -> ResultJson.write(node, result));
        return ImageCommand.exitCode(result);
    }

    private Integer callForSet() throws ImagingException {
        place.requireNoLabels();
        String device = disk.reference(imaging.directService());
        BackupRequest request = ValidRequest.of(() -> new BackupRequest(device, disk.number(), folder,
                resume.output(force, layout.writeThrough(), verify), source.source(), readErrors.readErrors(resume.asked()),
                layout.layout(resume.asked(), folder), layout.pipeline(), hashes,
                artefacts(), division.division()));
        BackupResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.service().backup(request, run);
        }
        imaging.result(() -> SetReport.print(imaging.console().out(), request, result), node -> SetJson.write(node, result));
        if (!result.verified().map(VerifySetResult::intact).orElse(true)) {
            return ExitCodes.DAMAGED;
        }
        return result.manifest().unreadableBytes() > 0 ? ExitCodes.RECORDED : ExitCodes.DONE;
    }

    private BackupRequest.Artefacts artefacts() {
        return new BackupRequest.Artefacts(rawDumps, skipHashes, hashCutoff);
    }
}
