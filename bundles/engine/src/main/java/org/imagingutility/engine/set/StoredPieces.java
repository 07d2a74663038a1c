package org.imagingutility.engine.set;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;

/** What a set holds of the disk outside the partitions, with the files it is in open. For one thread. */
final class StoredPieces implements AutoCloseable {
    private final Plugins plugins;
    private final SetFolder folder;
    private final BackupManifest manifest;
    private final Map<String, ImageFile> files = new LinkedHashMap<>();
    private final List<Closing> open = new ArrayList<>();
    private final List<StoredPiece> pieces = new ArrayList<>();
    private PiecesImage image;

    private StoredPieces(Plugins plugins, SetFolder folder, BackupManifest manifest) {
        this.plugins = plugins;
        this.folder = folder;
        this.manifest = manifest;
    }

    private interface Closing {
        void close() throws ImagingException;
    }

    /** Looks at a piece that is stored as it is. */
    @FunctionalInterface
    interface Check {
        /** Fails if it is not what the manifest says. */
        void check(SetPiece piece, ImageFile file, long length) throws ImagingException;
    }

    /** Opens the files and looks at each piece that is stored as it is by {@code check}. */
    static StoredPieces open(Plugins plugins, SetFolder folder, BackupManifest manifest, Check check) throws ImagingException {
        StoredPieces stored = new StoredPieces(plugins, folder, manifest);
        try {
            for (SetPiece piece : manifest.pieces()) {
                if (manifest.isInImage(piece)) {
                    stored.addOfImage(piece);
                } else {
                    stored.add(piece, check);
                }
            }
            return stored;
        } catch (ImagingException | RuntimeException | Error e) {
            stored.close();
            throw e;
        }
    }

    private void add(SetPiece piece, Check check) throws ImagingException {
        ImageFile file = files.get(piece.file());
        String reference = folder.reference(piece.file());
        if (file == null) {
            file = plugins.storeFor(reference).open(reference);
            open.add(file::close);
            files.put(piece.file(), file);
        }
        long length = piece.length().orElse(Math.max(0, file.length() - piece.fileOffset()));
        if (file.length() < piece.fileOffset() + length || length > manifest.disk().length() - piece.offset()) {
            throw new ImageDamagedException(reference, -1, "has " + file.length() + " bytes, which is not what the manifest says",
                    StoredSet.REMEDY);
        }
        check.check(piece, file, length);
        if (length > 0) {
            pieces.add(new StoredPiece(file::read, piece.fileOffset(), piece.offset(), length));
        }
    }

    private void addOfImage(SetPiece piece) throws ImagingException {
        if (image == null) {
            image = PiecesImage.open(plugins, folder, manifest);
            open.add(image::close);
        }
        pieces.add(new StoredPiece(image, piece.fileOffset(), piece.offset(), piece.length().orElseThrow()));
    }

    /** Returns the pieces, by offset on the disk. */
    List<StoredPiece> list() {
        return pieces;
    }

    @Override
    public void close() throws ImagingException {
        ImagingException first = null;
        for (Closing each : open) {
            try {
                each.close();
            } catch (ImagingException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        open.clear();
        if (first != null) {
            throw first;
        }
    }
}
