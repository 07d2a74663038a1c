package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Table;
import org.imagingutility.command.text.TerminalText;

/** Devices and plug-ins as tables. */
public final class ListReports {
    private ListReports() {
    }

    /** Prints a table of devices; those that are part of another one are indented. */
    public static void printDevices(PrintStream out, List<DeviceListing> devices) {
        if (devices.isEmpty()) {
            out.println("no devices found (raw image files are not listed: name them by their path)");
            return;
        }
        Table table = new Table(">DISK", "DEVICE", "KIND", ">SIZE", ">SECTOR", "TYPE", "FILE SYSTEM", "LABEL", "MOUNTED AT");
        for (DeviceListing listing : devices) {
            table.add(listing.number().isPresent() ? Integer.toString(listing.number().getAsInt()) : "",
                    (listing.device().parent().isPresent() ? "  " : "") + listing.device().reference(),
                    listing.device().kind().name().toLowerCase(Locale.ROOT),
                    ByteSizes.format(listing.device().length()), Integer.toString(listing.device().sectorSize()), type(listing),
                    listing.fileSystem().map(FileSystemInfo::fileSystem).orElse("-"), label(listing),
                    String.join(", ", listing.device().mountPoints()));
        }
        table.print(out);
        for (DeviceListing listing : devices) {
            listing.problem().ifPresent(problem -> out.println(TerminalText.safe("note: " + problem)));
        }
    }

    /** Prints a table of plug-ins. */
    public static void printPlugins(PrintStream out, List<PluginInfo> plugins) {
        Table table = new Table("KIND", "NAME", ">WIRE ID", ">ID", "BUNDLE", "VERSION", "STATE", "USED BY");
        for (PluginInfo plugin : plugins) {
            OptionalInt wireId = plugin.wireId();
            OptionalLong bundleId = plugin.bundleId();
            table.add(plugin.kind(), plugin.name(), wireId.isPresent() ? Integer.toString(wireId.getAsInt()) : "",
                    bundleId.isPresent() ? Long.toString(bundleId.getAsLong()) : "",
                    plugin.bundle(), plugin.version(), plugin.state(), String.join(", ", plugin.users()));
        }
        table.print(out);
        for (PluginInfo plugin : plugins) {
            plugin.unused().ifPresent(reason -> out.println(TerminalText.safe("not used: " + plugin.kind() + " " + plugin.name() + " ("
                    + plugin.bundle() + " " + plugin.version() + "): " + reason)));
        }
    }

    /** Returns the kind of the table of a disk, or the type of a partition. */
    private static String type(DeviceListing listing) {
        return listing.table().map(kind -> kind == PartitionTableKind.HYBRID ? "GPT, hybrid MBR" : kind.name())
                .or(() -> listing.partition().map(partition -> partition.typeName().isEmpty() ? partition.type()
                        : partition.typeName())).orElse("");
    }

    private static String label(DeviceListing listing) {
        return listing.fileSystem().map(FileSystemInfo::label).filter(label -> !label.isEmpty())
                .orElse(listing.device().label());
    }
}
