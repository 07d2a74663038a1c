package org.imagingutility.engine.set.backup;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;

/**
 * Keeps the unreadable ranges that a manifest lists below a bound, so that a disk however bad has a manifest that can be read
 * again. Of pieces, whose manifest alone knows them, neighbours are joined: then more counts as unreadable, never less. Of images,
 * which know all of their own, the first are listed. Immutable.
 */
final class ListedRanges {
    private final int most;

    /** Creates the bound: {@code most} ranges in all. */
    ListedRanges(int most) {
        this.most = most;
    }

    /** Replaces those of {@code partitions} and {@code pieces} that list more than their share, if all together are too many. */
    void limit(List<SetPartition> partitions, List<SetPiece> pieces) {
        long listed = 0;
        int listing = 0;
        for (SetPartition partition : partitions) {
            int count = partition.artefact().map(artefact -> artefact.unreadable().count()).orElse(0);
            listed += count;
            listing += count > 0 ? 1 : 0;
        }
        for (SetPiece piece : pieces) {
            listed += piece.unreadable().count();
            listing += piece.unreadable().count() > 0 ? 1 : 0;
        }
        if (listed <= most) {
            return;
        }
        int share = Math.max(1, most / listing);
        partitions.replaceAll(partition -> limited(partition, share));
        pieces.replaceAll(piece -> piece.unreadable().count() <= share ? piece : new SetPiece(piece.file(), piece.fileOffset(),
                piece.offset(), piece.length(), piece.sha256(), joined(piece.unreadable(), share)));
    }

    private static SetPartition limited(SetPartition partition, int share) {
        Optional<SetArtefact> artefact = partition.artefact();
        if (artefact.isEmpty() || artefact.get().unreadable().count() <= share) {
            return partition;
        }
        SetArtefact all = artefact.get();
        ExtentList unreadable = all.kind() == SetArtefact.Kind.RAW ? joined(all.unreadable(), share)
                : all.unreadable().within(0, all.unreadable().end(share - 1));
        SetArtefact fewer = new SetArtefact(all.kind(), all.file(), all.fileLength(), all.fileSha256(), all.digests(),
                all.allocator(), all.usedBytes(), unreadable, all.unreadableBytes());
        return new SetPartition(partition.index(), partition.role(), partition.offset(), partition.length(), partition.table(),
                partition.typeCode(), partition.name(), partition.uniqueGuid(), partition.flags(), partition.bootable(),
                partition.driveLetter(), partition.fileSystem(), partition.label(), partition.serial(), Optional.of(fewer));
    }

    /** Joins neighbours that are as near to each other as it takes to have no more than {@code most} ranges. */
    static ExtentList joined(ExtentList ranges, int most) {
        ExtentList fewer = ranges;
        for (long gap = 1; fewer.count() > most; gap *= 2) {
            ExtentList.Builder builder = new ExtentList.Builder();
            long offset = fewer.offset(0);
            long end = fewer.end(0);
            for (int i = 1; i < fewer.count(); i++) {
                if (fewer.offset(i) - end > gap) {
                    builder.add(offset, end - offset);
                    offset = fewer.offset(i);
                }
                end = fewer.end(i);
            }
            fewer = builder.add(offset, end - offset).build();
        }
        return fewer;
    }
}
