package org.imagingutility.command.report;

import java.io.File;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.LeftOut;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Durations;
import org.imagingutility.command.text.Table;
import org.imagingutility.command.text.TerminalText;

/** What jobs on backup sets did, as text. */
public final class SetReport {
    private SetReport() {
    }

    /** Prints the summary of a backup. */
    public static void print(PrintStream out, BackupRequest request, BackupResult result) {
        BackupManifest set = result.manifest();
        Lines lines = new Lines(out).title((result.alreadyComplete() ? "Already complete: \"" : "Backed up \"" + request.device()
                + "\" to \"") + request.folder() + "\"");
        disk(lines, set);
        if (!result.alreadyComplete()) {
            long kept = result.parts().stream().filter(BackupResult.Part::kept).count();
            if (kept > 0) {
                lines.fact("kept", kept + (kept == 1 ? " partition" : " partitions") + " that an earlier run finished");
            }
            lines.fact("read", ByteSizes.formatExactly(result.bytesRead()));
        }
        lines.fact("stored", ByteSizes.formatExactly(result.bytesStored()));
        leftOut(lines, set);
        if (set.unreadableBytes() > 0) {
            lines.fact("unreadable", ByteSizes.formatExactly(set.unreadableBytes()) + ", recorded as zeros");
        }
        if (!result.alreadyComplete()) {
            lines.fact("rate", Facts.rate(result.bytesRead(), result.elapsed()) + " read");
            lines.fact("elapsed", Durations.format(result.elapsed()));
        }
        lines.fact("manifest", result.manifestFile());
        result.setDigest().ifPresent(digest -> lines.fact("set digest", digest.toHex()));
        partitions(out, set);
        result.parts().forEach(part -> UnreadableReport.files(out, part.touchedFiles()));
        result.verified().ifPresent(verified -> items(out, verified));
    }

    private static void disk(Lines lines, BackupManifest set) {
        lines.fact("disk", ByteSizes.formatExactly(set.disk().length())
                + (set.disk().sectorSize() > 0 ? ", sectors of " + set.disk().sectorSize() + " bytes" : ""));
        String table = set.disk().tableKind();
        if (!table.isEmpty()) {
            lines.fact("partition table", table.equals("none") ? "none" : table.toUpperCase(Locale.ROOT)
                    + (set.disk().guid().isEmpty() ? "" : ", disk GUID " + set.disk().guid())
                    + (set.disk().signature().isEmpty() ? "" : ", disk signature " + set.disk().signature()));
        }
    }

    /** Says what of the disk the set does not hold, and why. */
    private static void leftOut(Lines lines, BackupManifest set) {
        for (LeftOut.Content content : LeftOut.Content.values()) {
            long bytes = set.leftOut().stream().filter(one -> one.content() == content).mapToLong(LeftOut::length).sum();
            if (bytes > 0) {
                lines.fact("left out", ByteSizes.formatExactly(bytes) + " in no partition, " + switch (content) {
                    case ZEROS -> "zeros only";
                    case DATA -> "not zeros, but nothing known";
                    case UNKNOWN -> "not looked at";
                });
            }
        }
        long free = 0;
        for (SetPartition partition : set.partitions()) {
            free += partition.artefact().filter(artefact -> artefact.usedBytes().isPresent())
                    .map(artefact -> Math.max(0, partition.length() - artefact.usedBytes().getAsLong())).orElse(0L);
        }
        if (free > 0) {
            lines.fact("left out", ByteSizes.formatExactly(free) + " that file systems call free");
        }
    }

    private static void partitions(PrintStream out, BackupManifest set) {
        Table table = new Table("PARTITION", ">START", ">SIZE", "TYPE", "FILE SYSTEM", "LABEL", ">USED", ">STORED", "FILE");
        for (SetPartition partition : set.partitions()) {
            table.add((partition.role() == PartitionRole.LOGICAL ? "  " : "") + partition.index(),
                    Long.toString(partition.offset()), ByteSizes.format(partition.length()), partition.table(),
                    partition.fileSystem().isEmpty() ? "-" : partition.fileSystem(), partition.label(),
                    partition.artefact().filter(artefact -> artefact.usedBytes().isPresent())
                            .map(artefact -> ByteSizes.format(artefact.usedBytes().getAsLong())).orElse("-"),
                    partition.artefact().filter(artefact -> artefact.fileLength().isPresent())
                            .map(artefact -> ByteSizes.format(artefact.fileLength().getAsLong())).orElse("-"),
                    partition.artefact().map(SetArtefact::file).orElse(partition.role() == PartitionRole.EXTENDED
                            ? "(holds the logical ones)" : "(not in the set)"));
        }
        set.piecesImage().ifPresent(image -> table.add("(none)", "", ByteSizes.format(set.pieces().stream().filter(set::isInImage)
                .mapToLong(piece -> piece.length().orElse(0)).sum()), "", "-", "", "-", image.fileLength().isPresent()
                        ? ByteSizes.format(image.fileLength().getAsLong()) : "-", image.file()));
        if (set.partitions().isEmpty() && set.piecesImage().isEmpty()) {
            out.println("no partitions");
        } else {
            table.print(out);
        }
    }

    /** Prints what a verification found. */
    public static void print(PrintStream out, VerifySetRequest request, VerifySetResult result) {
        Lines lines = new Lines(out).title("Verified set \"" + request.folder() + "\"" + (request.quick() ? ", quickly" : ""));
        disk(lines, result.manifest());
        leftOut(lines, result.manifest());
        lines.fact("made", result.manifest().created() + (result.manifest().tool().isEmpty() ? "" : " by " + result.manifest().tool()));
        lines.fact("elapsed", Durations.format(result.elapsed()));
        result.setDigest().ifPresent(digest -> lines.fact("set digest", digest.toHex()));
        items(out, result);
    }

    private static void items(PrintStream out, VerifySetResult result) {
        Table table = new Table("FILE", "CONTENT", "VERDICT", "DETAIL");
        for (VerifySetResult.Item item : result.items()) {
            table.add(item.file(), item.content(), item.verdict().name().toLowerCase(Locale.ROOT), item.detail());
        }
        table.print(out);
        result.notes().forEach(note -> out.println(TerminalText.safe("note: " + note)));
        long bad = result.items().stream().filter(item -> item.verdict() == VerifySetResult.Verdict.DAMAGED
                || item.verdict() == VerifySetResult.Verdict.MISSING).count();
        long unproven = result.items().stream().filter(item -> item.verdict() == VerifySetResult.Verdict.UNPROVEN).count();
        out.println(bad == 0 ? unproven == 0 ? "OK" : "NOT PROVEN: " + unproven + " of " + result.items().size() + " parts of the set"
                + " have no digest in the manifest; the others are as they were made" : bad + " of " + result.items().size() + " parts of the set damaged or missing");
    }

    /** Prints the summary of a restore. */
    public static void print(PrintStream out, RestoreSetRequest request, RestoreSetResult result) {
        Lines lines = new Lines(out).title("Restored set \"" + request.folder() + "\" to \"" + request.target() + "\"");
        disk(lines, result.manifest());
        lines.fact("target", ByteSizes.formatExactly(result.target().length()));
        lines.fact("restored", (result.wholeDisk() ? "the whole disk" : "one partition") + (result.partitions().isEmpty() ? ""
                : result.partitions().equals(java.util.List.of(0)) ? "" : ": partitions " + result.partitions().stream()
                        .map(String::valueOf).collect(Collectors.joining(", "))));
        lines.fact("written", ByteSizes.formatExactly(result.bytesWritten()));
        if (result.bytesGivenBack() > 0) {
            lines.fact("given back", ByteSizes.formatExactly(result.bytesGivenBack()) + " that were not in use");
        }
        if (request.verify()) {
            lines.fact("verified", ByteSizes.formatExactly(result.bytesVerified()) + " read back "
                    + (result.verifiedOnMedium() ? "from the medium" : "from the system's cache") + " and equal");
        }
        lines.fact("rate", Facts.rate(result.bytesWritten(), result.elapsed()) + " written");
        lines.fact("elapsed", Durations.format(result.elapsed()));
        result.setDigest().ifPresent(digest -> lines.fact("set digest", digest.toHex()));
        if (!result.unproven().isEmpty()) {
            lines.fact("not proven", String.join(", ", result.unproven()) + ": the manifest has no digest of that");
        }
        if (result.wholeDisk() && result.target().kind() != DeviceKind.FILE && File.separatorChar == '/') {
            out.println("The system knows the new partitions when it reads the table again: blockdev --rereadpt "
                    + TerminalText.shellWord(request.target()));
        }
    }
}
