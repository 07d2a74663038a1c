package org.imagingutility.engine.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.set.check.StoredSet;
import org.imagingutility.engine.set.file.FileHash;
import org.imagingutility.engine.set.file.OpenSet;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetProgress;
import org.imagingutility.engine.view.Layout.Origin;

/**
 * Opens backup sets: the whole disk as restoring the set to an empty disk of the same length makes it, or one partition. For the thread that
 * opens.
 */
final class SetContent {
    private static final String REMEDY = "find out what is wrong with the set: imaging verify-set";
    private static final int USUAL_SECTOR_SIZE = 512;

    private final JobPlugins plugins;
    private final OpenSet set;
    private final BackupManifest manifest;
    private final Contents.Closer closer;
    private final List<OpenImage> images = new ArrayList<>();
    private final List<ImageFile> files = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();

    private SetContent(JobPlugins plugins, OpenSet set, Contents.Closer closer) {
        this.plugins = plugins;
        this.set = set;
        this.manifest = set.manifest();
        this.closer = closer;
    }

    /**
     * Opens a set.
     *
     * @param before digest of the set when it was opened first; empty for the first time
     * @param partition number of a partition; empty for the whole disk
     */
    static OpenContent open(JobPlugins plugins, String folder, Optional<Digest> before, OptionalInt partition) throws ImagingException {
        Contents.Closer closer = new Contents.Closer();
        OpenSet set = OpenSet.open(plugins, SetFolder.of(plugins, folder), before);
        closer.add(set::close);
        try {
            SetContent content = new SetContent(plugins, set, closer);
            Layout layout = partition.isPresent() ? content.partition(partition.getAsInt()) : content.disk(before.isEmpty());
            return new OpenContent(layout, List.copyOf(content.images), List.copyOf(content.files), List.of(), content.sectorSize(),
                    "set " + set.digest() + (partition.isPresent() ? "#" + partition.getAsInt() : ""), closer);
        } catch (ImagingException | RuntimeException | Error e) {
            closer.after(e);
            throw e;
        }
    }

    /** Returns what is said of the set's digest in an identity. */
    static Digest digestOf(String identity) {
        return Digest.ofHex(identity.substring("set ".length()).replaceFirst("[# ].*", ""));
    }

    private int sectorSize() {
        int stated = manifest.disk().sectorSize();
        return stated >= USUAL_SECTOR_SIZE && stated <= 65536 && Integer.bitCount(stated) == 1 ? stated : USUAL_SECTOR_SIZE;
    }

    private Layout partition(int number) throws ImagingException {
        SetPartition partition = manifest.partition(number).filter(one -> one.artefact().isPresent())
                .orElseThrow(() -> StoredSet.missing(manifest, set.folder(), number));
        Layout.Builder layout = new Layout.Builder(partition.length());
        put(layout, 0, partition);
        return layout.build();
    }

    /** In the order of a restore: what is written later covers what was there. */
    private Layout disk(boolean check) throws ImagingException {
        if (manifest.disk().length() < 1) {
            throw new ImageFormatException(set.folder().reference(set.manifestName()), -1, "does not say how long the disk is", null);
        }
        Layout.Builder layout = new Layout.Builder(manifest.disk().length());
        List<SetPartition> partitions = new ArrayList<>(manifest.partitions());
        partitions.sort(Comparator.comparing((SetPartition partition) -> partition.role() != PartitionRole.EXTENDED)
                .thenComparingLong(SetPartition::offset));
        for (SetPartition partition : partitions) {
            if (partition.artefact().isPresent()) {
                put(layout, partition.offset(), partition);
            } else if (partition.role() != PartitionRole.EXTENDED && check) {
                plugins.monitor().notice("the set holds nothing of partition " + partition.index() + ": it reads as zeros");
            }
        }
        for (SetPiece piece : manifest.pieces()) {
            put(layout, piece, check);
        }
        return layout.build();
    }

    private void put(Layout.Builder layout, long offset, SetPartition partition) throws ImagingException {
        SetArtefact artefact = partition.artefact().orElseThrow();
        if (artefact.kind() == SetArtefact.Kind.RAW) {
            ImageFile file = set.member(artefact.file());
            if (file.length() != partition.length()) {
                throw damaged(file, "has " + file.length() + " bytes, partition " + partition.index() + " has " + partition.length());
            }
            layout.put(offset, partition.length(), Origin.FILE, file(file), 0);
            return;
        }
        layout.put(offset, partition.length(), Origin.IMAGE, image(artefact, partition.length(), "partition " + partition.index() + " has"), 0);
    }

    private void put(Layout.Builder layout, SetPiece piece, boolean check) throws ImagingException {
        ImageFile file = set.member(piece.file());
        if (manifest.isInImage(piece)) {
            long length = manifest.pieces().stream().filter(manifest::isInImage).mapToLong(each -> each.length().orElse(0)).sum();
            int image = image(manifest.piecesImage().orElseThrow(), length, "the pieces in it have");
            layout.put(piece.offset(), piece.length().orElseThrow(), Origin.IMAGE, image, piece.fileOffset());
            return;
        }
        long length = piece.length().orElse(Math.max(0, file.length() - piece.fileOffset()));
        if (file.length() < piece.fileOffset() + length || length > manifest.disk().length() - piece.offset()) {
            throw damaged(file, "has " + file.length() + " bytes, which is not what the manifest says");
        }
        if (check && piece.sha256().isPresent()) {
            Digest found = FileHash.of(file, piece.fileOffset(), length, new SetProgress(plugins.monitor(), "Checking", file.reference()),
                    false);
            if (!found.equals(piece.sha256().get())) {
                throw damaged(file, "the SHA-256 of " + length + " bytes is " + found + ", expected " + piece.sha256().get());
            }
        }
        layout.put(piece.offset(), length, Origin.FILE, file(file), piece.fileOffset());
    }

    private int file(ImageFile file) {
        files.add(file);
        return files.size() - 1;
    }

    /** Opens an image of the set, once; it must be the one that the manifest is about. */
    private int image(SetArtefact artefact, long length, String whose) throws ImagingException {
        Integer open = known.get(artefact.file());
        if (open != null) {
            return open;
        }
        OpenImage image = OpenImage.of(plugins, set.member(artefact.file()), false);
        closer.add(image::close);
        long deviceLength = image.reader().info().spec().deviceLength();
        if (deviceLength != length) {
            throw new ImageDamagedException(image.reference(), -1, "holds " + deviceLength + " bytes, " + whose + " " + length, REMEDY);
        }
        if (artefact.digests().isPresent() && !artefact.digests().get().equals(image.reader().info().digests())) {
            throw new ImageDamagedException(image.reference(), -1, "is another image than the one the manifest is about: its digest is "
                    + image.reader().info().digests().image() + ", expected " + artefact.digests().get().image(), REMEDY);
        }
        images.add(image);
        known.put(artefact.file(), images.size() - 1);
        return images.size() - 1;
    }

    private static ImageDamagedException damaged(ImageFile file, String reason) {
        return new ImageDamagedException(file.reference(), -1, reason, REMEDY);
    }
}
