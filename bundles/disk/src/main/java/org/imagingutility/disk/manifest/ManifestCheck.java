package org.imagingutility.disk.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.partition.PartitionRole;

/** Checks that what a manifest names lies on the disk, each thing at its own place. */
final class ManifestCheck {
    private final long diskLength;

    ManifestCheck(long diskLength) {
        this.diskLength = diskLength;
    }

    void check(List<SetPartition> partitions, List<SetPiece> pieces) throws BadManifestException {
        Set<Integer> indexes = new HashSet<>();
        for (SetPartition partition : partitions) {
            if (!indexes.add(partition.index())) {
                throw new BadManifestException(-1, "two partitions have the index " + partition.index());
            }
            // an extended partition without content of its own may end anywhere
            if (partition.end() > diskLength && partition.artefact().isPresent()) {
                throw new BadManifestException(-1, "partition " + partition.index() + " ends at byte " + partition.end()
                        + ", behind the end of the disk (" + diskLength + " bytes)");
            }
        }
        refuseOverlaps(partitions);
        long end = 0;
        for (SetPiece piece : pieces) {
            long length = piece.length().orElse(1);
            if (piece.offset() < end) {
                throw new BadManifestException(-1, "the piece from byte " + piece.offset()
                        + " on begins before the end of the one in front of it (" + end + ")");
            }
            end = piece.offset() + length;
            if (end > diskLength) {
                throw new BadManifestException(-1, "the piece from byte " + piece.offset() + " on ends at byte " + end
                        + ", behind the end of the disk (" + diskLength + " bytes)");
            }
        }
    }

    private static void refuseOverlaps(List<SetPartition> partitions) throws BadManifestException {
        List<SetPartition> sorted = new ArrayList<>(partitions);
        sorted.removeIf(partition -> partition.role() == PartitionRole.EXTENDED || partition.artefact().isEmpty());
        sorted.sort(Comparator.comparingLong(SetPartition::offset));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).offset() < sorted.get(i - 1).end()) {
                throw new BadManifestException(-1, "partitions " + sorted.get(i - 1).index() + " and "
                        + sorted.get(i).index() + " overlap at byte " + sorted.get(i).offset());
            }
        }
    }
}
