package org.imagingutility.engine.set;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.read.OpenImage;

/**
 * A set whose files are there and are those that the manifest is about: found out before anything is written. Holds the files
 * of the pieces open. For one thread.
 */
final class StoredSet implements AutoCloseable {
    static final String REMEDY = "find out what is wrong with the set: imaging verify-set";

    private final Plugins plugins;
    private final SetFolder folder;
    private final BackupManifest manifest;
    private StoredPieces pieces;

    private StoredSet(Plugins plugins, SetFolder folder, BackupManifest manifest) {
        this.plugins = plugins;
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Opens a set and looks at its files: all of the pieces, and what the images say of themselves. */
    static StoredSet open(Plugins plugins, SetFolder folder, List<SetPartition> partitions, boolean withPieces, SetProgress progress)
            throws ImagingException {
        StoredSet set = new StoredSet(plugins, folder, folder.read());
        try {
            if (withPieces) {
                set.pieces = StoredPieces.open(plugins, folder, set.manifest, (piece, file, length) ->
                        set.check(piece, file, length, progress));
                SetDifferences.refuse(plugins, folder, set.manifest, set.pieces.list());
            }
            for (SetPartition partition : partitions) {
                if (partition.artefact().isPresent()) {
                    set.check(partition, partition.artefact().get());
                }
            }
            return set;
        } catch (ImagingException | RuntimeException | Error e) {
            set.close();
            throw e;
        }
    }

    /** Returns the pieces; none if it was opened without. */
    List<StoredPiece> pieces() {
        return pieces == null ? List.of() : pieces.list();
    }

    private void check(SetPiece piece, ImageFile file, long length, SetProgress progress) throws ImagingException {
        if (piece.sha256().isPresent()) {
            Digest found = FileHash.of(file, piece.fileOffset(), length, progress, false);
            if (!found.equals(piece.sha256().get())) {
                throw new ImageDamagedException(folder.reference(piece.file()), piece.fileOffset(), "the SHA-256 of " + length
                        + " bytes is " + found + ", expected " + piece.sha256().get(), REMEDY);
            }
        }
    }

    private void check(SetPartition partition, SetArtefact artefact) throws ImagingException {
        String reference = folder.reference(artefact.file());
        if (artefact.kind() == SetArtefact.Kind.RAW) {
            try (ImageFile file = plugins.storeFor(reference).open(reference)) {
                if (file.length() != partition.length()) {
                    throw new ImageDamagedException(reference, -1, "has " + file.length() + " bytes, partition "
                            + partition.index() + " has " + partition.length(), REMEDY);
                }
            }
            return;
        }
        try (OpenImage image = OpenImage.open(plugins, reference)) {
            ImageInfo info = image.reader().info();
            if (info.spec().deviceLength() != partition.length()) {
                throw new ImageDamagedException(reference, -1, "is of a device of " + info.spec().deviceLength()
                        + " bytes, partition " + partition.index() + " has " + partition.length(), REMEDY);
            }
            if (artefact.digests().isPresent() && !artefact.digests().get().equals(info.digests())) {
                throw new ImageDamagedException(reference, -1, "is another image than the one the manifest is about: its digest"
                        + " is " + info.digests().image() + ", expected " + artefact.digests().get().image(), REMEDY);
            }
        }
    }

    BackupManifest manifest() {
        return manifest;
    }

    /** Returns the partition with that index, with content. */
    SetPartition partition(int index) throws ImageReadException {
        Optional<SetPartition> found = manifest.partition(index).filter(partition -> partition.artefact().isPresent());
        return found.orElseThrow(() -> missing(manifest, folder, index));
    }

    static ImageReadException missing(BackupManifest manifest, SetFolder folder, int index) {
        List<String> there = manifest.partitions().stream().filter(partition -> partition.artefact().isPresent())
                .map(partition -> Integer.toString(partition.index())).toList();
        return new ImageReadException(folder.reference(""), -1, "the set holds no content of a partition " + index
                + (there.isEmpty() ? "" : " (it has " + String.join(", ", there) + ")"), null);
    }

    @Override
    public void close() throws ImagingException {
        if (pieces != null) {
            pieces.close();
        }
    }
}
