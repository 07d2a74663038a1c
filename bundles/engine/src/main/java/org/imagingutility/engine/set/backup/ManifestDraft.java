package org.imagingutility.engine.set.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.DiskFacts;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.engine.layout.DiskLayout;
import org.imagingutility.engine.layout.SourcePart;

/** Collects what a manifest says. For one thread. */
final class ManifestDraft {
    private final BackupRequest request;
    private final DiskLayout layout;
    private final Instant created;
    private final List<SetPiece> pieces;
    private final List<SetPartition> partitions = new ArrayList<>();
    private Optional<SetArtefact> piecesImage = Optional.empty();

    ManifestDraft(BackupRequest request, DiskLayout layout, Instant created, List<SetPiece> pieces) {
        this.request = request;
        this.layout = layout;
        this.created = created;
        this.pieces = new ArrayList<>(pieces);
        layout.table().ifPresent(table -> table.partitions().stream()
                .filter(partition -> partition.role() == PartitionRole.EXTENDED)
                .forEach(partition -> partitions.add(partition(table, partition, partition.length(), Optional.empty()))));
    }

    /** Adds a part with what was made of it. */
    void add(SourcePart part, PartBackup.Made made) {
        if (part.index() == SourcePart.UNPARTITIONED) {
            piecesImage = Optional.of(made.artefact());
            addPieces(part.ranges(), made.artefact().file());
        } else if (part.partition().isPresent()) {
            partitions.add(partition(part.table().orElseThrow(), part.partition().get(), part.length(), Optional.of(made)));
        } else {
            partitions.add(new SetPartition(part.index(), PartitionRole.PRIMARY, 0, part.length(), "", "", "", "", 0, false, "",
                    made.fileSystem().fileSystem(), made.fileSystem().label(), made.fileSystem().serial(),
                    Optional.of(made.artefact())));
        }
    }

    /** Adds the pieces that stand in an image, one behind the other. */
    private void addPieces(ExtentList ranges, String file) {
        long position = 0;
        for (int i = 0; i < ranges.count(); i++) {
            pieces.add(new SetPiece(file, position, ranges.offset(i), OptionalLong.of(ranges.length(i)), Optional.empty(),
                    ExtentList.empty()));
            position += ranges.length(i);
        }
    }

    private static SetPartition partition(PartitionTable table, Partition partition, long length,
            Optional<PartBackup.Made> made) {
        String kind = table.kind() == PartitionTableKind.MBR ? "MBR: " : "GPT: ";
        return new SetPartition(partition.number(), partition.role(), partition.offset(), length,
                kind + (partition.typeName().isEmpty() ? partition.type() : partition.typeName()), partition.type(),
                partition.name(), partition.uniqueGuid(), partition.flags(), partition.bootable(), "",
                made.map(one -> one.fileSystem().fileSystem()).filter(name -> !name.equals("unknown")).orElse(""),
                made.map(one -> one.fileSystem().label()).orElse(""),
                made.map(one -> one.fileSystem().serial()).orElse(""), made.map(PartBackup.Made::artefact));
    }

    BackupManifest finish(Instant finished) {
        partitions.sort(Comparator.comparingInt(SetPartition::index));
        pieces.sort(Comparator.comparingLong(SetPiece::offset));
        new ListedRanges(BackupManifest.MAX_RANGES).limit(partitions, pieces);
        return new BackupManifest("3", ToolVersion.text(), disk(), created,
                Optional.of(finished.isBefore(created) ? created : finished), partitions, pieces, piecesImage,
                layout.leftOut(), options(), layout.warnings(), "");
    }

    /** Says what shows that a complete set is of another disk; empty if nothing does. */
    Optional<String> difference(BackupManifest manifest) {
        DiskFacts now = disk();
        DiskFacts then = manifest.disk();
        return differs("length", now.length(), then.length())
                .or(() -> differs("partition table", now.tableKind(), then.tableKind()))
                .or(() -> differs("GUID", now.guid(), then.guid()))
                .or(() -> differs("signature", now.signature(), then.signature()));
    }

    private static Optional<String> differs(String what, Object now, Object then) {
        return now.equals(then) || then.equals("") ? Optional.empty()
                : Optional.of("its " + what + " is \"" + then + "\", that of this disk \"" + now + "\"");
    }

    private DiskFacts disk() {
        Optional<PartitionTable> table = layout.table();
        return new DiskFacts(request.diskNumber(), layout.disk().reference(), layout.disk().label(), layout.disk().length(),
                layout.sectorSize(), table.map(one -> one.kind().name().toLowerCase(Locale.ROOT)).orElse("none"),
                table.map(PartitionTable::diskGuid).orElse(""), table.map(PartitionTable::diskSignature).orElse(""));
    }

    private TreeMap<String, String> options() {
        TreeMap<String, String> options = new TreeMap<>();
        options.put("all-blocks", Boolean.toString(request.source().allBlocks()));
        if (request.source().snapshot()) {
            options.put("snapshot", "true");
        }
        options.put("on-read-error", request.readErrors().record() ? "record" : "fail");
        options.put("retries", Integer.toString(request.readErrors().retries()));
        options.put("raw-dumps", Boolean.toString(request.artefacts().rawDumps()));
        options.put("skip-hashes", Boolean.toString(request.artefacts().skipHashes()));
        options.put("hash-cutoff", Long.toString(request.artefacts().hashCutoff()));
        options.put("unpartitioned", request.division().unpartitioned().name().toLowerCase(Locale.ROOT));
        request.division().sectorSize().ifPresent(size -> options.put("sector-size", Integer.toString(size)));
        options.put("resume", Boolean.toString(request.output().resume().isPresent()));
        request.layout().codec().ifPresent(codec -> options.put("codec", codec));
        request.layout().level().ifPresent(level -> options.put("level", Integer.toString(level)));
        request.layout().frameSize().ifPresent(size -> options.put("frame-size", Integer.toString(size)));
        request.layout().chunkSize().ifPresent(size -> options.put("chunk-size", Long.toString(size)));
        if (!request.linearHashes().isEmpty()) {
            options.put("hash", String.join(",", request.linearHashes()));
        }
        return options;
    }
}
