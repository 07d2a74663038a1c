package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.partition.GptCopies;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.Table;
import org.imagingutility.command.text.TerminalText;

/** A disk and its partitions, as text and as JSON. */
public final class DiskReport {
    private DiskReport() {
    }

    /** Prints facts of the table, its partitions as a table, and what is wrong. */
    public static void print(PrintStream out, DiskListing disk) {
        Lines lines = new Lines(out).title("\"" + disk.device().reference() + "\"");
        lines.fact("size", ByteSizes.formatExactly(disk.device().length()));
        if (disk.table().isEmpty()) {
            lines.fact("partition table", "none");
            lines.fact("file system", disk.fileSystem().map(DiskReport::named).orElse("none that an allocator knows"));
            disk.problem().ifPresent(problem -> out.println(TerminalText.safe("note: " + problem)));
            return;
        }
        PartitionTable table = disk.table().get();
        lines.fact("partition table", title(table.kind()) + ", sectors of " + table.sectorSize() + " bytes");
        table.copies().ifPresent(copies -> lines.fact("copy used", copies.used() == GptCopies.Copy.PRIMARY
                ? "the primary one" : "the backup"));
        if (!table.diskGuid().isEmpty()) {
            lines.fact("disk GUID", table.diskGuid());
        }
        if (!table.diskSignature().isEmpty()) {
            lines.fact("disk signature", table.diskSignature());
        }
        disk.fileSystem().ifPresent(info -> lines.fact("file system", named(info) + ", on the disk as a whole"));
        lines.fact("in no partition", ByteSizes.formatExactly(table.gaps().totalLength()));
        printPartitions(out, disk.partitions());
        printProblems(out, disk, table);
    }

    private static String title(PartitionTableKind kind) {
        return kind == PartitionTableKind.HYBRID ? "GPT with a hybrid MBR" : kind.name();
    }

    private static String named(FileSystemInfo info) {
        return info.fileSystem() + (info.label().isEmpty() ? "" : " \"" + info.label() + "\"");
    }

    /** Prints the partitions of a disk as a table, and what is wrong with them. */
    public static void printPartitions(PrintStream out, DiskListing disk) {
        printPartitions(out, disk.partitions());
        disk.table().ifPresent(table -> printProblems(out, disk, table));
    }

    private static void printPartitions(PrintStream out, List<DiskListing.Content> partitions) {
        if (partitions.isEmpty()) {
            out.println("no partitions");
            return;
        }
        Table table = new Table("DEVICE", ">START", ">SIZE", "TYPE", "NAME", "FILE SYSTEM", "LABEL");
        for (DiskListing.Content content : partitions) {
            Partition partition = content.partition();
            table.add((partition.role() == PartitionRole.LOGICAL ? "  " : "") + content.reference(),
                    Long.toString(partition.offset()), ByteSizes.format(partition.length()),
                    (partition.typeName().isEmpty() ? partition.type() : partition.typeName())
                            + (partition.bootable() ? ", bootable" : ""), partition.name(),
                    content.fileSystem().map(FileSystemInfo::fileSystem).orElse("-"),
                    content.fileSystem().map(FileSystemInfo::label).orElse(""));
        }
        table.print(out);
    }

    private static void printProblems(PrintStream out, DiskListing disk, PartitionTable table) {
        table.copies().flatMap(GptCopies::primaryProblem).ifPresent(problem ->
                out.println(TerminalText.safe("the primary GPT is damaged: " + problem)));
        table.copies().flatMap(GptCopies::backupProblem).ifPresent(problem ->
                out.println(TerminalText.safe("the backup GPT is damaged: " + problem)));
        table.contradictions().forEach(contradiction -> out.println(TerminalText.safe("contradiction: " + contradiction)));
        table.warnings().forEach(warning -> out.println(TerminalText.safe("warning: " + warning)));
        disk.partitions().forEach(content -> content.problem().ifPresent(problem ->
                out.println(TerminalText.safe("note: " + problem))));
    }

    /** Writes every field of the records. */
    public static void write(Json.Node node, DiskListing disk) {
        node.put("reference", disk.device().reference());
        node.put("kind", disk.device().kind().name().toLowerCase(Locale.ROOT));
        node.put("length", disk.device().length()).put("sectorSize", disk.device().sectorSize());
        disk.fileSystem().ifPresent(info -> node.object("fileSystem", fields -> ResultJson.write(fields, info)));
        disk.problem().ifPresent(problem -> node.put("problem", problem));
        node.object("table", fields -> {
            if (disk.table().isPresent()) {
                write(fields, disk.table().get(), disk.partitions());
            } else {
                fields.put("kind", "none");
            }
        });
    }

    private static void write(Json.Node node, PartitionTable table, List<DiskListing.Content> partitions) {
        node.put("kind", table.kind().name().toLowerCase(Locale.ROOT)).put("sectorSize", table.sectorSize());
        node.put("diskGuid", table.diskGuid()).put("diskSignature", table.diskSignature());
        table.copies().ifPresent(copies -> node.object("gpt", gpt -> gpt
                .put("used", copies.used().name().toLowerCase(Locale.ROOT))
                .put("primaryProblem", copies.primaryProblem()).put("backupProblem", copies.backupProblem())));
        node.objects("partitions", partitions, (fields, content) -> {
            write(fields, content.partition());
            fields.put("reference", content.reference());
            content.fileSystem().ifPresent(info -> fields.object("fileSystem", system -> ResultJson.write(system, info)));
            content.problem().ifPresent(problem -> fields.put("problem", problem));
        });
        if (table.kind() == PartitionTableKind.HYBRID) {
            node.objects("mbrView", table.mbrView(), DiskReport::write);
        }
        ExtentList gaps = table.gaps();
        node.objects("gaps", IntStream.range(0, gaps.count()).boxed().toList(), (gap, i) -> gap
                .put("offset", gaps.offset(i)).put("length", gaps.length(i)));
        node.texts("warnings", table.warnings());
        node.texts("contradictions", table.contradictions());
    }

    /** Writes what a table says of a partition. */
    static void write(Json.Node node, Partition partition) {
        node.put("number", partition.number()).put("role", partition.role().name().toLowerCase(Locale.ROOT));
        node.put("offset", partition.offset()).put("length", partition.length());
        node.put("type", partition.type()).put("typeName", partition.typeName()).put("name", partition.name());
        node.put("uniqueGuid", partition.uniqueGuid());
        node.put("flags", "0x" + Long.toHexString(partition.flags())).put("bootable", partition.bootable());
    }
}
