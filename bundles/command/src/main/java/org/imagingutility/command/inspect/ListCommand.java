package org.imagingutility.command.inspect;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.options.SectorSizeOption;
import org.imagingutility.command.report.DiskReport;
import org.imagingutility.command.report.ListReports;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging list}. */
@Command(name = "list", sortOptions = false, customSynopsis = "imaging list [options]", 
        description = {"Lists devices with their partitions, what is on them and where they are mounted. Disks have a number for --disk.",
                "With --device, one disk or disk image and its partitions."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--device", paramLabel = "DEVICE",
            description = "Look at this disk alone, or at a raw file with the content of one: its partition table, and what "
                    + "is on the partitions.")
    private String device;

    @Mixin
    private SectorSizeOption sectorSize = new SectorSizeOption();

    @Option(names = "--json", description = "Print one JSON object instead of a table; lengths in bytes.")
    private boolean json;

    @Override
    public Integer call() throws ImagingException {
        OptionalInt sectors = sectorSize.value();
        if (device == null && sectors.isPresent()) {
            throw new UsageException("--sector-size is of the partition table of one disk", "name the disk: --device");
        }
        if (device != null) {
            return listDisk(sectors);
        }
        List<DeviceListing> devices = imaging.directService().devices(new NoticePrinter(imaging.console().err()));
        if (json) {
            new Json(imaging.console().out()).object(node -> node.objects("devices", devices, ResultJson::write));
        } else {
            ListReports.printDevices(imaging.console().out(), devices);
        }
        return ExitCodes.DONE;
    }

    private Integer listDisk(OptionalInt sectors) throws ImagingException {
        DiskListing disk = imaging.directService().disk(device, sectors);
        if (json) {
            new Json(imaging.console().out()).object(node -> node.object("disk", fields -> DiskReport.write(fields, disk)));
        } else {
            DiskReport.print(imaging.console().out(), disk);
        }
        return ExitCodes.DONE;
    }
}
