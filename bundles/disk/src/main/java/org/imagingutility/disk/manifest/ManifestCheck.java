package org.imagingutility.disk.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.Extent;
import org.imagingutility.api.backup.LeftOut;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.partition.PartitionRole;

/** Checks that what a manifest names lies on the disk, each thing at its own place. */
final class ManifestCheck {
    private final long diskLength;

    ManifestCheck(long diskLength) {
        this.diskLength = diskLength;
    }

    void check(List<SetPartition> partitions, List<SetPiece> pieces, Optional<SetArtefact> piecesImage)
            throws BadManifestException {
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
        if (piecesImage.isPresent()) {
            checkImage(pieces, piecesImage.get().file());
        }
    }

    private static void checkImage(List<SetPiece> pieces, String image) throws BadManifestException {
        long position = 0;
        for (SetPiece piece : pieces) {
            if (piece.file().equals(image)) {
                if (piece.fileOffset() != position) {
                    throw new BadManifestException(-1, "the piece from byte " + piece.offset() + " on would begin at byte "
                            + piece.fileOffset() + " of what \"" + image + "\" holds: those in front of it end at " + position);
                }
                position += piece.length().orElse(0);
            }
        }
    }

    /** Fails unless each byte of the disk is in a partition with content, in a piece, or among what was left out. */
    void checkAllThere(List<SetPartition> partitions, List<SetPiece> pieces, List<LeftOut> leftOut)
            throws BadManifestException {
        List<Extent> there = new ArrayList<>();
        partitions.stream().filter(partition -> partition.artefact().isPresent())
                .forEach(partition -> there.add(new Extent(partition.offset(), partition.length())));
        pieces.forEach(piece -> there.add(new Extent(piece.offset(), piece.length().orElse(1))));
        leftOut.forEach(left -> there.add(new Extent(left.offset(), left.length())));
        there.sort(Comparator.comparingLong(Extent::offset));
        long end = 0;
        for (Extent extent : there) {
            if (extent.offset() > end) {
                break;
            }
            end = Math.max(end, extent.end());
        }
        if (end != diskLength) {
            throw new BadManifestException(-1, "the manifest does not account for byte " + Math.min(end, diskLength)
                    + " of the disk, which has " + diskLength + ": it is in no partition with content, in no piece and not among"
                    + " what was left out");
        }
        refuseLeftOut(partitions, pieces, leftOut);
    }

    private void refuseLeftOut(List<SetPartition> partitions, List<SetPiece> pieces, List<LeftOut> leftOut)
            throws BadManifestException {
        List<Extent> held = new ArrayList<>();
        partitions.stream().filter(partition -> partition.artefact().isPresent())
                .forEach(partition -> held.add(new Extent(partition.offset(), partition.length())));
        pieces.forEach(piece -> held.add(new Extent(piece.offset(), piece.length().orElse(1))));
        held.sort(Comparator.comparingLong(Extent::offset));
        long done = 0;
        int next = 0;
        for (LeftOut left : leftOut) {
            if (left.offset() < done) {
                throw new BadManifestException(-1, "what was left out from byte " + left.offset()
                        + " on begins before the end of the range in front of it (" + done + ")");
            }
            done = left.end();
            while (next < held.size() && held.get(next).end() <= left.offset()) {
                next++;
            }
            if (next < held.size() && held.get(next).offset() < left.end()) {
                throw new BadManifestException(-1, "byte " + Math.max(left.offset(), held.get(next).offset())
                        + " is said to be left out, and to be in the set");
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
