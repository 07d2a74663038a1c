package org.imagingutility.engine.set.check;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.set.file.OpenSet;

/** What a set holds of the disk outside the partitions, in files that the set has open. For one thread. */
final class StoredPieces implements AutoCloseable {
    private final Plugins plugins;
    private final OpenSet set;
    private final BackupManifest manifest;
    private final List<StoredPiece> pieces = new ArrayList<>();
    private PiecesImage image;

    private StoredPieces(Plugins plugins, OpenSet set) {
        this.plugins = plugins;
        this.set = set;
        this.manifest = set.manifest();
    }

    /** Looks at a piece that is stored as it is. */
    @FunctionalInterface
    interface Check {
        /** Fails if it is not what the manifest says. */
        void check(SetPiece piece, ImageFile file, long length) throws ImagingException;
    }

    /** Opens the files and looks at each piece that is stored as it is by {@code check}. */
    static StoredPieces open(Plugins plugins, OpenSet set, Check check) throws ImagingException {
        StoredPieces stored = new StoredPieces(plugins, set);
        try {
            for (SetPiece piece : set.manifest().pieces()) {
                if (set.manifest().isInImage(piece)) {
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
        ImageFile file = set.member(piece.file());
        long length = piece.length().orElse(Math.max(0, file.length() - piece.fileOffset()));
        if (file.length() < piece.fileOffset() + length || length > manifest.disk().length() - piece.offset()) {
            throw new ImageDamagedException(file.reference(), -1, "has " + file.length() + " bytes, which is not what the manifest says",
                    StoredSet.REMEDY);
        }
        check.check(piece, file, length);
        if (length > 0) {
            pieces.add(new StoredPiece(file::read, piece.fileOffset(), piece.offset(), length));
        }
    }

    private void addOfImage(SetPiece piece) throws ImagingException {
        if (image == null) {
            image = PiecesImage.open(plugins, set);
        }
        pieces.add(new StoredPiece(image, piece.fileOffset(), piece.offset(), piece.length().orElseThrow()));
    }

    /** Returns the pieces, by offset on the disk. */
    List<StoredPiece> list() {
        return pieces;
    }

    /** Closes what was opened for the pieces alone; the files are the set's. */
    @Override
    public void close() throws ImagingException {
        if (image != null) {
            image.close();
        }
    }
}
