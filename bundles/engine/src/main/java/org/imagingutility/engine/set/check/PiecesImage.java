package org.imagingutility.engine.set.check;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.ImageDevice;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.UnreadableRanges;
import org.imagingutility.engine.set.file.OpenSet;

/** The image of a set that holds pieces of the disk, opened. What could not be read of the disk reads as zeros. For one thread. */
final class PiecesImage implements StoredPiece.Store, AutoCloseable {
    /** More than a failing disk has; where there are more, reading fails instead of giving zeros. */
    private static final int MAX_UNREADABLE = 1_000_000;

    private final String reference;
    private final OpenImage image;
    private final ImageDevice device;
    private final AlignedReader content;
    private final ExtentList unreadable;

    private PiecesImage(Plugins plugins, String reference, OpenImage image) throws ImagingException {
        this.reference = reference;
        this.image = image;
        this.unreadable = image.reader().info().unreadableBytes() == 0 ? ExtentList.empty()
                : UnreadableRanges.of(image.reader(), MAX_UNREADABLE);
        this.device = new ImageDevice(plugins, reference, image.reader());
        this.content = new AlignedReader(device);
    }

    /** Opens the image, which must be the one that the manifest is about. */
    static PiecesImage open(Plugins plugins, OpenSet set) throws ImagingException {
        BackupManifest manifest = set.manifest();
        ImageFile file = set.member(manifest.piecesImage().orElseThrow().file());
        String reference = file.reference();
        OpenImage image = OpenImage.of(plugins, file, false);
        try {
            DigestProof.of(reference, image.reader(), Optional.empty());
            Optional<String> difference = difference(manifest, image);
            if (difference.isPresent()) {
                throw new ImageDamagedException(reference, -1, difference.get(), StoredSet.REMEDY);
            }
            return new PiecesImage(plugins, reference, image);
        } catch (ImagingException | RuntimeException | Error e) {
            image.close();
            throw e;
        }
    }

    /** Says how many bytes the pieces in the image have. */
    static long length(BackupManifest manifest) {
        return manifest.pieces().stream().filter(manifest::isInImage).mapToLong(piece -> piece.length().orElse(0)).sum();
    }

    private static Optional<String> difference(BackupManifest manifest, OpenImage image) {
        SetArtefact artefact = manifest.piecesImage().orElseThrow();
        long length = image.reader().info().spec().deviceLength();
        if (length != length(manifest)) {
            return Optional.of("holds " + length + " bytes, the pieces in it have " + length(manifest));
        }
        if (artefact.digests().isPresent() && !artefact.digests().get().equals(image.reader().info().digests())) {
            return Optional.of("is another image than the one the manifest is about: its digest is "
                    + image.reader().info().digests().image() + ", expected " + artefact.digests().get().image());
        }
        return Optional.empty();
    }

    @Override
    public void read(long at, ByteBuffer target) throws ImagingException {
        int limit = target.limit();
        long end = at + target.remaining();
        long position = at;
        for (int i = unreadable.firstEndingAfter(at); position < end; i++) {
            boolean last = i >= unreadable.count() || unreadable.offset(i) >= end;
            copy(position, last ? end : Math.max(position, unreadable.offset(i)), target);
            position = last ? end : Math.min(end, unreadable.end(i));
            while (target.position() < limit - (int) (end - position)) {
                target.put((byte) 0);
            }
        }
    }

    private void copy(long from, long to, ByteBuffer target) throws ImagingException {
        if (from == to) {
            return;
        }
        try {
            target.put(content.read(from, (int) (to - from)));
        } catch (DeviceException e) {
            throw new ImageDamagedException(reference, -1, e.getMessage(), StoredSet.REMEDY);
        }
    }

    @Override
    public void close() throws ImagingException {
        // its decoder has a codec of the job in use
        device.close();
        image.close();
    }
}
