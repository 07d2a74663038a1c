package org.imagingutility.engine.set;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String REMEDY = "find out what is wrong with the set: imaging verify-set";

    private final Plugins plugins;
    private final SetFolder folder;
    private final BackupManifest manifest;
    private final Map<String, ImageFile> files = new LinkedHashMap<>();
    private final List<StoredPiece> pieces = new ArrayList<>();

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
            for (SetPiece piece : withPieces ? set.manifest.pieces() : List.<SetPiece>of()) {
                set.add(piece, progress);
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

    List<StoredPiece> pieces() {
        return pieces;
    }

    private void add(SetPiece piece, SetProgress progress) throws ImagingException {
        ImageFile file = files.get(piece.file());
        String reference = folder.reference(piece.file());
        if (file == null) {
            file = plugins.storeFor(reference).open(reference);
            files.put(piece.file(), file);
        }
        long length = piece.length().orElse(Math.max(0, file.length() - piece.fileOffset()));
        if (file.length() < piece.fileOffset() + length || length > manifest.disk().length() - piece.offset()) {
            throw new ImageDamagedException(reference, -1, "has " + file.length() + " bytes, which is not what the manifest says",
                    REMEDY);
        }
        if (piece.sha256().isPresent()) {
            Digest found = FileHash.of(file, piece.fileOffset(), length, progress, false);
            if (!found.equals(piece.sha256().get())) {
                throw new ImageDamagedException(reference, piece.fileOffset(), "the SHA-256 of " + length + " bytes is " + found
                        + ", expected " + piece.sha256().get(), REMEDY);
            }
        }
        if (length > 0) {
            pieces.add(new StoredPiece(file, piece.fileOffset(), piece.offset(), length));
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
        ImagingException first = null;
        for (ImageFile file : files.values()) {
            try {
                file.close();
            } catch (ImagingException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        files.clear();
        if (first != null) {
            throw first;
        }
    }
}
