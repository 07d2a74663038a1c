package org.imagingutility.engine.set.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.set.file.FileHash;
import org.imagingutility.engine.set.file.OpenSet;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetProgress;

/**
 * A set whose files are there and are those that the manifest is about: found out before anything is written. All of them
 * stay open, so that what was looked at is what is written. For one thread.
 */
public final class StoredSet implements AutoCloseable {
    static final String REMEDY = "find out what is wrong with the set: imaging verify-set";

    private final Plugins plugins;
    private final OpenSet set;
    private final BackupManifest manifest;
    private final Map<String, ImageDigests> images = new HashMap<>();
    private StoredPieces pieces;

    private StoredSet(Plugins plugins, OpenSet set) {
        this.plugins = plugins;
        this.set = set;
        this.manifest = set.manifest();
    }

    /** Looks at the files of an open set, which stays the caller's: all of the pieces, and structure and digests of the images. */
    public static StoredSet of(Plugins plugins, OpenSet open, List<SetPartition> partitions, boolean withPieces, SetProgress progress)
            throws ImagingException {
        StoredSet set = new StoredSet(plugins, open);
        try {
            if (withPieces) {
                set.pieces = StoredPieces.open(plugins, open, (piece, file, length) ->
                        set.check(piece, file, length, progress));
                SetDifferences.refuse(plugins, open, set.pieces.list());
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
    public List<StoredPiece> pieces() {
        return pieces == null ? List.of() : pieces.list();
    }

    private void check(SetPiece piece, ImageFile file, long length, SetProgress progress) throws ImagingException {
        if (piece.sha256().isPresent()) {
            Digest found = FileHash.of(file, piece.fileOffset(), length, progress, false);
            if (!found.equals(piece.sha256().get())) {
                throw new ImageDamagedException(file.reference(), piece.fileOffset(), "the SHA-256 of " + length
                        + " bytes is " + found + ", expected " + piece.sha256().get(), REMEDY);
            }
        }
    }

    private void check(SetPartition partition, SetArtefact artefact) throws ImagingException {
        ImageFile file = set.member(artefact.file());
        if (artefact.kind() == SetArtefact.Kind.RAW) {
            if (file.length() != partition.length()) {
                throw new ImageDamagedException(file.reference(), -1, "has " + file.length() + " bytes, partition "
                        + partition.index() + " has " + partition.length(), REMEDY);
            }
            return;
        }
        try (OpenImage image = OpenImage.of(plugins, file, false)) {
            ImageInfo info = image.reader().info();
            if (info.spec().deviceLength() != partition.length()) {
                throw new ImageDamagedException(file.reference(), -1, "is of a device of " + info.spec().deviceLength()
                        + " bytes, partition " + partition.index() + " has " + partition.length(), REMEDY);
            }
            Optional<String> other = SetDifferences.otherPart(info, partition.index());
            if (other.isPresent()) {
                throw new ImageDamagedException(file.reference(), -1, other.get(), REMEDY);
            }
            if (artefact.digests().isPresent() && !artefact.digests().get().equals(info.digests())) {
                throw new ImageDamagedException(file.reference(), -1, "is another image than the one the manifest is about: its"
                        + " digest is " + info.digests().image() + ", expected " + artefact.digests().get().image(), REMEDY);
            }
            DigestProof.of(file.reference(), image.reader(), Optional.empty());
            images.put(artefact.file(), info.digests());
        }
    }

    /** Returns a file of the set, the one that was looked at. */
    public ImageFile file(SetArtefact artefact) throws ImagingException {
        return set.member(artefact.file());
    }

    /** Opens an image of the set, the one that was looked at. */
    public OpenImage image(SetArtefact artefact) throws ImagingException {
        OpenImage image = OpenImage.of(plugins, set.member(artefact.file()), false);
        if (!image.reader().info().digests().equals(images.get(artefact.file()))) {
            image.close();
            throw new ImageDamagedException(image.reference(), -1, "was changed since it was looked at: it is another image now",
                    REMEDY);
        }
        return image;
    }

    /** Returns the digest of the set. */
    public Digest digest() {
        return set.digest();
    }

    /** Returns the names of files that hold what is asked for and that the manifest has no digest of. */
    public List<String> unproven(List<SetPartition> partitions) {
        Set<String> files = new TreeSet<>();
        if (pieces != null) {
            manifest.pieces().stream().filter(piece -> piece.sha256().isEmpty() && !manifest.isInImage(piece))
                    .forEach(piece -> files.add(piece.file()));
        }
        for (SetPartition partition : partitions) {
            partition.artefact().filter(artefact -> artefact.kind() == SetArtefact.Kind.RAW && artefact.fileSha256().isEmpty())
                    .ifPresent(artefact -> files.add(artefact.file()));
        }
        return List.copyOf(files);
    }

    public BackupManifest manifest() {
        return manifest;
    }

    /** Returns the partition with that index, with content. */
    SetPartition partition(int index) throws ImageReadException {
        Optional<SetPartition> found = manifest.partition(index).filter(partition -> partition.artefact().isPresent());
        return found.orElseThrow(() -> missing(manifest, set.folder(), index));
    }

    public static ImageReadException missing(BackupManifest manifest, SetFolder folder, int index) {
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
