package org.imagingutility.command.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.progress.ProgressMode;
import org.imagingutility.command.report.ImageReport;
import org.imagingutility.command.report.RestoreReport;
import org.imagingutility.command.report.VerifyReport;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Reasons;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging demo}. */
@Command(name = "demo", sortOptions = false, customSynopsis = "imaging demo [options]",
        description = {"Images, verifies, restores and compares a sample volume.", "The sample, a small NTFS volume, ships with the "
                + "program; the demo needs no device and no special rights."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class DemoCommand implements Callable<Integer> {
    /** The codec of the images of another tool, in which only that tool's images are read. */
    private static final String READS_ONLY = "stored";
    private static final List<String> FILES = List.of("volume.img", "volume.skzimg", "restored.img");

    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--keep", paramLabel = "DIR", description = "Work in this folder and leave the files there; made if it does not exist.")
    private Path keep;

    @Override
    public Integer call() throws ImagingException {
        try {
            if (keep != null) {
                return run(Files.createDirectories(keep));
            }
            Path folder = Files.createTempDirectory("imaging-demo");
            try {
                return run(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new TargetException(keep == null ? System.getProperty("java.io.tmpdir") : keep.toString(), -1,
                    "the demo cannot use this folder: " + Reasons.of(e), "choose another one with --keep DIR", e);
        }
    }

    private int run(Path folder) throws IOException, ImagingException {
        for (String name : FILES) {
            if (Files.exists(folder.resolve(name))) {
                throw new TargetException(folder.resolve(name).toString(), -1, "exists", "choose an empty folder", null);
            }
        }
        Path volume = folder.resolve(FILES.get(0));
        Path image = folder.resolve(FILES.get(1));
        Path restored = folder.resolve(FILES.get(2));
        PrintStream out = imaging.progressMode() == ProgressMode.JSON
                ? imaging.console().err() : imaging.console().out();

        out.println("Step 1 of 5: the sample volume");
        Sample.unpack(volume);
        out.println("  wrote " + ByteSizes.formatExactly(Files.size(volume)) + " to \"" + volume + "\"");

        out.println("Step 2 of 5: image");
        ImageRequest imageRequest = request(volume, image);
        ImageResult imaged;
        try (JobDisplay run = imaging.beginJob()) {
            imaged = imaging.directService().image(imageRequest, run);
        }
        ImageReport.print(out, imageRequest, imaged);

        out.println("Step 3 of 5: verify");
        VerifyRequest verifyRequest = new VerifyRequest(image.toString(), false, PipelineOptions.DEFAULT);
        VerifyResult verified;
        try (JobDisplay run = imaging.beginJob()) {
            verified = imaging.directService().verify(verifyRequest, run);
        }
        VerifyReport.print(out, verifyRequest, verified);

        out.println("Step 4 of 5: restore");
        RestoreRequest restoreRequest = new RestoreRequest(image.toString(), restored.toString(), false, false, false,
                PipelineOptions.DEFAULT);
        RestoreResult result;
        try (JobDisplay run = imaging.beginJob()) {
            result = imaging.directService().restore(restoreRequest, run);
        }
        RestoreReport.print(out, restoreRequest, result);

        out.println("Step 5 of 5: compare");
        boolean usedOnly = imaged.image().spec().usedOnly();
        VolumeComparison comparison = VolumeComparison.of(volume, restored, usedOnly ? Sample.allocated() : all(volume));
        boolean good = verified.intact() && comparison.proven();
        print(out, comparison, usedOnly, good);
        imaging.result(() -> { }, node -> node.put("proven", good).put("usedBytes", comparison.usedBytes())
                .put("usedDifferences", comparison.usedDifferences()).put("freeBytes", comparison.freeBytes())
                .put("freeBytesNotZero", comparison.freeRestored()));
        return good ? ExitCodes.DONE : ExitCodes.DAMAGED;
    }

    /** Returns a request with all defaults; a distribution without the default codec has another one. */
    private ImageRequest request(Path volume, Path image) throws ImagingException {
        ImageRequest request = ImageRequest.of(volume.toString(), image.toString());
        List<String> codecs = new ArrayList<>();
        for (PluginInfo plugin : imaging.directService().plugins()) {
            if (plugin.kind().equals("codec") && !plugin.name().equals(READS_ONLY)) {
                codecs.add(plugin.name());
            }
        }
        if (codecs.isEmpty() || codecs.contains(Layout.DEFAULT_CODEC)) {
            return request;
        }
        Layout layout = new Layout(request.layout().format(), Optional.of(codecs.get(0)), OptionalInt.empty(), OptionalInt.empty(),
                OptionalLong.empty());
        return new ImageRequest(request.device(), request.target(), request.output(), request.source(), request.readErrors(), layout,
                request.pipeline(), request.linearHashes());
    }

    private static ExtentList all(Path volume) throws IOException {
        return new ExtentList.Builder().add(0, Files.size(volume)).build();
    }

    private void print(PrintStream out, VolumeComparison found, boolean usedOnly, boolean good) {
        out.println("  " + (usedOnly ? "used ranges" : "all blocks") + ": " + found.usedBytes()
                + " bytes of the restored volume compared with the original, " + found.usedDifferences() + " differ"
                + (found.firstDifference() < 0 ? "" : ", the first at byte " + found.firstDifference())
                + (usedOnly ? " (the ranges are those that ntfs-3g, sleuthkit and partclone agree on)" : ""));
        if (usedOnly) {
            out.println("  free ranges: " + found.freeBytes() + " bytes; left-overs of deleted files on the original: "
                    + found.freeOriginal() + " bytes, on the restored volume: " + found.freeRestored());
        }
        if (keep != null) {
            out.println("  files: " + String.join(", ", FILES) + " in \"" + keep + "\"");
        }
        out.println(good ? "OK: the restored volume equals the original in every " + (usedOnly ? "used byte" : "byte")
                : "DAMAGED: the restored volume differs from the original");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
