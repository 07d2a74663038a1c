package org.imagingutility.engine.set.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.partition.GptCopies;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.partition.TableFit;
import org.imagingutility.engine.layout.Ranges;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.set.check.PieceDevice;
import org.imagingutility.engine.set.check.StoredSet;

/**
 * What is written outside the partitions.
 *
 * @param content the disk outside the partitions as it is to be
 * @param ranges what of it is written
 * @param notices what the user should know, one sentence each
 */
record RestorePlan(PieceDevice content, ExtentList ranges, List<String> notices) {

    /**
     * Plans the restore of a whole set to a disk of {@code targetLength} bytes.
     *
     * @throws TargetException if that is too short
     */
    static RestorePlan of(Plugins plugins, String target, StoredSet set, long targetLength) throws ImagingException {
        BackupManifest manifest = set.manifest();
        PieceDevice disk = new PieceDevice(target, manifest, set.pieces());
        long diskLength = manifest.disk().length();
        List<String> notices = new ArrayList<>();
        if (targetLength == diskLength) {
            noticeTable(plugins, disk, manifest, notices);
            return of(set, disk, targetLength, TableFit.AS_IT_IS, notices);
        }
        Optional<Known> known = known(plugins, disk);
        long shortest = manifest.partitions().stream().filter(partition -> partition.artefact().isPresent())
                .mapToLong(SetPartition::end).max().orElse(0);
        if (known.isPresent()) {
            shortest = Math.max(shortest, known.get().reader.shortestDisk(disk, known.get().table));
        }
        if (targetLength < shortest) {
            throw new TargetException(target, -1, "holds " + targetLength + " bytes, what is to be restored needs " + shortest
                    + ": " + (shortest - targetLength) + " bytes stand in the way (the disk had " + diskLength + ")",
                    "choose a larger target, or restore single partitions: --partition", null);
        }
        TableFit fit = known.isPresent() ? known.get().reader.fit(disk, known.get().table, targetLength) : TableFit.AS_IT_IS;
        notices.addAll(fit.notices());
        if (known.isEmpty() && set.pieces().isEmpty() && targetLength > diskLength) {
            notices.add("the target is " + (targetLength - diskLength) + " bytes larger than the disk was: what is on it does not"
                    + " grow by itself");
        }
        if (targetLength < diskLength && set.pieces().stream().anyMatch(piece -> piece.offset() + piece.length() > targetLength)) {
            notices.add("what the set has of the disk behind byte " + targetLength + ", outside the partitions, does not fit and is"
                    + " left out");
        }
        return of(set, disk, targetLength, fit, notices);
    }

    private record Known(PartitionTableReader reader, PartitionTable table) {
    }

    private static Optional<Known> known(Plugins plugins, PieceDevice disk) throws ImagingException {
        return plugins.ask(plugins.partitionTables(), disk.info().reference(),
                reader -> reader.read(disk).map(table -> new Known(reader, table)));
    }

    /** Sets of the C# tool lack the backup of a GPT. What was on the disk is restored as it was all the same. */
    private static void noticeTable(Plugins plugins, PieceDevice disk, BackupManifest manifest, List<String> notices)
            throws ImagingException {
        if (!manifest.version().equals("1")) {
            return;
        }
        try {
            Optional<Known> known = known(plugins, disk);
            known.ifPresent(one -> one.table.warnings().forEach(warning -> notices.add("the partition table in the set: " + warning)));
            Optional<String> problem = known.flatMap(one -> one.table.copies()).flatMap(GptCopies::backupProblem);
            problem.ifPresent(text -> notices.add("the set lacks the backup of the GPT: the restored disk has the primary copy"
                    + " only; sgdisk -e makes another one"));
        } catch (PartitionTableException e) {
            notices.add("the table is restored as it was, but: " + e.getMessage());
        }
    }

    private static RestorePlan of(StoredSet set, PieceDevice disk, long targetLength, TableFit fit, List<String> notices) {
        List<Extent> stored = new ArrayList<>();
        set.pieces().forEach(piece -> stored.add(new Extent(piece.offset(), piece.length())));
        List<Extent> others = new ArrayList<>();
        Ranges.addTo(others, fit.obsolete());
        for (SetPartition partition : set.manifest().partitions()) {
            if (partition.artefact().isPresent()) {
                others.add(new Extent(partition.offset(), partition.length()));
            }
        }
        List<Extent> written = new ArrayList<>();
        Ranges.addTo(written, Ranges.without(Ranges.union(stored), Ranges.union(others)).within(0, targetLength));
        fit.writes().forEach(write -> written.add(new Extent(write.offset(), write.bytes().remaining())));
        return new RestorePlan(disk.changed(Math.max(targetLength, disk.length()), fit.writes()), Ranges.union(written), notices);
    }
}
