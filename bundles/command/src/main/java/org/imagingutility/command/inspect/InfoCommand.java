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
        if (json) {
            Optional<DiskListing> disk = mayBeDisk(info) ? Optional.of(imaging.directService().imagedDisk(image)) : Optional.empty();
            new Json(imaging.console().out()).object(node -> {
                ResultJson.write(node, info, unreadable);
                disk.filter(found -> found.table().isPresent()).ifPresent(found -> node.object("disk", fields -> DiskReport.write(fields, found)));
            });
        } else {
            InfoReport.print(imaging.console().out(), image, info, unreadable);
            printPartitions(info);
        }
        return ExitCodes.DONE;
    }

    /** What stands on the disk is beside what the image says of itself: that it cannot be looked at hides nothing of that. */
    private void printPartitions(ImageInfo info) {
        if (!mayBeDisk(info)) {
            return;
        }
        PrintStream out = imaging.console().out();
        try {
            DiskListing disk = imaging.directService().imagedDisk(image);
            if (disk.table().isPresent() && !disk.partitions().isEmpty()) {
                out.println();
                DiskReport.printPartitions(out, disk);
            }
        } catch (ImagingException e) {
            out.println(TerminalText.safe("the partitions cannot be listed: " + e.getMessage()));
        }
    }

    /** An image of what is in use on one volume is none of a disk. */
    private static boolean mayBeDisk(ImageInfo info) {
        return !info.spec().usedOnly() || info.statistics().text("allocator").filter("partitions"::equals).isPresent();
    }
}
