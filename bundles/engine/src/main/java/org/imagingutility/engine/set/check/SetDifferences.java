package org.imagingutility.engine.set.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.set.file.OpenSet;

/**
 * Compares a manifest with the partition table that its set holds: a partition that was moved, left out or made shorter in the
 * manifest would be restored to a wrong place, or not at all, with nothing wrong in any file. How much can be asked of a set
 * depends on who made it: since version 3 a manifest accounts for the whole disk; sets of 0.1.0 (version 2) lack entries of
 * type 0 and records that stand in partitions; those of the C# tool (version 1) hold the first MiB of the disk only and number
 * partitions as Windows does. For one thread.
 */
final class SetDifferences {
    /** Microsoft reserved partition. */
    private static final String RESERVED = "E3C9E316-0B5C-4DB8-817D-F92DF00215AE";

    private final BackupManifest manifest;
    private final int version;
    private final boolean missing;
    private final List<String> found = new ArrayList<>();

    private SetDifferences(BackupManifest manifest, boolean missing) {
        this.manifest = manifest;
        this.version = Integer.parseInt(manifest.version());
        this.missing = missing;
    }

    /** Returns where they differ, a sentence each. */
    static List<String> of(Plugins plugins, String name, BackupManifest manifest, List<StoredPiece> pieces)
            throws ImagingException {
        return of(plugins, name, manifest, pieces, true);
    }

    private static List<String> of(Plugins plugins, String name, BackupManifest manifest, List<StoredPiece> pieces,
            boolean missing) throws ImagingException {
        SetDifferences differences = new SetDifferences(manifest, missing);
        differences.find(plugins, new PieceDevice(name, manifest, pieces));
        return differences.found;
    }

    /** Fails if they differ. Of a set of the C# tool what it has is restored, whatever else its disk had. */
    static void refuse(Plugins plugins, OpenSet set, List<StoredPiece> pieces) throws ImagingException {
        List<String> found = of(plugins, set.folder().reference(""), set.manifest(), pieces, !set.manifest().version().equals("1"));
        if (!found.isEmpty()) {
            throw new ImageDamagedException(set.folder().reference(set.manifestName()), -1, "is not the manifest of this set: "
                    + String.join("; ", found), StoredSet.REMEDY);
        }
    }

    /**
     * Says of which other partition an image is, by the name its device had when it was made; empty if it is not of another
     * one, or does not tell.
     */
    static Optional<String> otherPart(ImageInfo image, int index) {
        String device = image.spec().metadata().text("device.reference").orElse("");
        int number = device.lastIndexOf('#') + 1;
        boolean numbered = number > 0 && number < device.length() && device.chars().skip(number).allMatch(c -> c >= '0' && c <= '9');
        return index < 1 || !numbered || device.substring(number).equals(Integer.toString(index)) ? Optional.empty()
                : Optional.of("is of another partition: \"" + device + "\" when it was made");
    }

    private void find(Plugins plugins, PieceDevice disk) throws ImagingException {
        boolean whole = manifest.partition(0).filter(partition -> partition.offset() == 0
                && partition.length() == manifest.disk().length()).isPresent();
        if (whole && version > 1) {
            if (manifest.partitions().size() > 1 || !manifest.pieces().isEmpty()) {
                found.add("it says that the set holds the disk as a whole, and partitions or pieces beside that");
            }
            return;
        }
        if (manifest.pieces().isEmpty()) {
            if (version > 1 && manifest.disk().length() > 0) {
                found.add("it names no piece of the disk outside the partitions, where the partition table stands");
            }
            return;
        }
        Optional<PartitionTable> table;
        try {
            table = plugins.ask(plugins.partitionTables(), disk.info().reference(), reader -> reader.read(disk));
        } catch (PartitionTableException | DeviceException e) {
            // a set of the first MiB may have half a table
            report(version > 1, "the partition table in the set cannot be read: " + e.getMessage());
            return;
        }
        if (table.isEmpty()) {
            report(version > 1 || !manifest.partitions().isEmpty(), "there is no partition table in the set, as there must be"
                    + " with partitions");
            return;
        }
        compare(table.get());
    }

    private void report(boolean holds, String text) {
        if (holds) {
            found.add(text);
        }
    }

    private void compare(PartitionTable table) {
        if (version > 1) {
            String kind = table.kind().name().toLowerCase(Locale.ROOT);
            report(!manifest.disk().tableKind().equals(kind), "it says that the table is \"" + manifest.disk().tableKind()
                    + "\", the one in the set is \"" + kind + "\"");
            report(manifest.disk().sectorSize() != table.sectorSize(), "it says that sectors have " + manifest.disk().sectorSize()
                    + " bytes, the table in the set counts in sectors of " + table.sectorSize());
            report(!manifest.disk().guid().equals(table.diskGuid()), "it says that the disk has the GUID \""
                    + manifest.disk().guid() + "\", by the table in the set it is \"" + table.diskGuid() + "\"");
            report(!manifest.disk().signature().equals(table.diskSignature()), "it says that the disk has the signature \""
                    + manifest.disk().signature() + "\", by the table in the set it is \"" + table.diskSignature() + "\"");
        }
        report(version > 2 && !table.contradictions().isEmpty(), "the partition table in the set contradicts itself, and the set"
                + " holds partitions all the same");
        for (SetPartition partition : manifest.partitions()) {
            if (table.partitions().stream().noneMatch(one -> isSame(one, partition)) && !mayBeElsewhere(table, partition)) {
                found.add("partition " + partition.index() + " (bytes " + partition.offset() + " to " + (partition.end() - 1)
                        + ") is not in the partition table of the set");
            }
        }
        if (missing) {
            for (Partition partition : table.partitions()) {
                boolean there = manifest.partitions().stream().anyMatch(one -> isSame(partition, one));
                if (!there && partition.offset() < manifest.disk().length() && !wasPassedOver(partition)) {
                    found.add("partition " + partition.number() + " of the partition table in the set (bytes "
                            + partition.offset() + " to " + (partition.end() - 1) + ") is missing, or another one");
                }
            }
        }
    }

    /** Says whether a partition of the table is the one of the manifest. */
    private boolean isSame(Partition partition, SetPartition stored) {
        if (partition.offset() != stored.offset()) {
            return false;
        }
        boolean same = partition.length() == stored.length();
        if (version == 1) {
            return same;
        }
        boolean extended = partition.role() == PartitionRole.EXTENDED;
        // of one that ends behind the disk there is what there is; version 2 ended it where others begin
        if (partition.end() > manifest.disk().length() && !extended) {
            same = version == 2 ? stored.end() <= manifest.disk().length() : stored.end() == manifest.disk().length();
        }
        return same && partition.number() == stored.index() && partition.role() == stored.role()
                && (extended || stored.artefact().isPresent());
    }

    /** The first MiB of a disk does not tell of its logical partitions. */
    private boolean mayBeElsewhere(PartitionTable table, SetPartition partition) {
        return version == 1 && table.partitions().stream().anyMatch(one -> one.role() == PartitionRole.EXTENDED
                && partition.offset() >= one.offset() && partition.end() <= one.end());
    }

    /** Version 2 took nothing of entries of type 0; Windows shows the C# tool neither extended nor reserved partitions. */
    private boolean wasPassedOver(Partition partition) {
        return version < 3 && partition.type().equals("0x00")
                || version == 1 && (partition.role() == PartitionRole.EXTENDED || partition.type().equals(RESERVED));
    }
}
