package org.imagingutility.command.inspect;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.DiskReport;
import org.imagingutility.command.report.InfoReport;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.TerminalText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging info}. */
@Command(name = "info", sortOptions = false, customSynopsis = "imaging info --in=FILE [options]",
        description = {"Shows what an image says of itself: device, times, ratio, chunks, digests.",
            "Reads header, index and footer, the tables of chunks with unreadable ranges, and of a disk its partition table",
            "and where its file systems begin."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class InfoCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The image.")
    private String image;

    @Option(names = "--json", description = "Print one JSON object; lengths in bytes.")
    private boolean json;

    @Option(names = "--bad-map-out", paramLabel = "FILE",
            description = "Also write a map file as GNU ddrescue does: + what the image holds, - what could not be read, "
                    + "? what is not in the image.")
    private String badMap;

    @Override
    public Integer call() throws ImagingException {
        ImageInfo info = imaging.directService().info(image);
        ExtentList unreadable = info.unreadableBytes() > 0 ? imaging.directService().unreadable(image) : ExtentList.empty();
        if (badMap != null) {
            imaging.directService().writeBadMap(image, badMap);
        }
        Looked disk = looked(info);
        if (json) {
            new Json(imaging.console().out()).object(node -> {
                ResultJson.write(node, info, unreadable);
                disk.found().ifPresent(found -> node.object("disk", fields -> DiskReport.write(fields, found)));
                disk.problem().ifPresent(problem -> node.put("diskProblem", problem));
            });
        } else {
            InfoReport.print(imaging.console().out(), image, info, unreadable);
            print(disk);
        }
        return ExitCodes.DONE;
    }

    /**
     * What an image has of the disk it was made of.
     *
     * @param found the disk, if it has a partition table
     * @param problem why that cannot be told
     */
    private record Looked(Optional<DiskListing> found, Optional<String> problem) {
    }

    /** Looks at the disk. That is beside what the image says of itself, so that it cannot be looked at hides nothing of that. */
    private Looked looked(ImageInfo info) {
        if (!mayBeDisk(info)) {
            return new Looked(Optional.empty(), Optional.empty());
        }
        try {
            return new Looked(Optional.of(imaging.directService().imagedDisk(image)).filter(disk -> disk.table().isPresent()), Optional.empty());
        } catch (ImagingException e) {
            return new Looked(Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    private void print(Looked disk) {
        PrintStream out = imaging.console().out();
        disk.found().filter(found -> !found.partitions().isEmpty()).ifPresent(found -> {
            out.println();
            DiskReport.printPartitions(out, found);
        });
        disk.problem().ifPresent(problem -> out.println(TerminalText.safe("the partitions cannot be listed: " + problem)));
    }

    /** One of used blocks says so; of all blocks it may be one if the device was no partition or volume. */
    private static boolean mayBeDisk(ImageInfo info) {
        if (info.spec().usedOnly()) {
            return info.statistics().text("allocator").filter("partitions"::equals).isPresent();
        }
        return info.spec().metadata().text("device.kind").filter(kind -> kind.equals("FILE") || kind.equals("DISK")).isPresent();
    }
}
