package org.imagingutility.engine.set.backup;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.set.file.CopyBuffers;
import org.imagingutility.engine.set.file.AtomicFiles;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetNames;
import org.imagingutility.engine.set.file.SetProgress;
import org.imagingutility.engine.source.GuardedDevice;

/**
 * Keeps what lies outside the partitions: the first piece, if it begins with the disk, in a file of its own (the dump of the
 * partition table that the C# tool knows), all others one behind the other in a second one. For one thread.
 */
final class PieceStore {
    private final Plugins plugins;
    private final SetFolder folder;
    private final GuardedDevice disk;
    private final SetProgress progress;
    private final ByteBuffer block = CopyBuffers.allocate();
    private final ByteBuffer stored = CopyBuffers.allocate();
    private long bytesRead;

    PieceStore(Plugins plugins, SetFolder folder, GuardedDevice disk, SetProgress progress) {
        this.plugins = plugins;
        this.folder = folder;
        this.disk = disk;
        this.progress = progress;
    }

    /** Returns the pieces that {@code outside} becomes, without digests. */
    static List<SetPiece> planned(ExtentList outside, SetNames names) {
        List<SetPiece> pieces = new ArrayList<>();
        long fileOffset = 0;
        for (int i = 0; i < outside.count(); i++) {
            boolean front = outside.offset(i) == 0;
            pieces.add(new SetPiece(front ? names.tableDump() : names.outside(), front ? 0 : fileOffset, outside.offset(i),
                    OptionalLong.of(outside.length(i)), Optional.empty(), ExtentList.empty()));
            fileOffset += front ? 0 : outside.length(i);
        }
        return pieces;
    }

    /**
     * Writes the pieces and returns them with their digests.
     *
     * @param overwrite whether files that stand there are replaced
     */
    List<SetPiece> write(List<SetPiece> planned, boolean overwrite) throws ImagingException {
        List<SetPiece> written = new ArrayList<>();
        for (String name : planned.stream().map(SetPiece::file).distinct().toList()) {
            String reference = folder.reference(name);
            try (ImageFile file = plugins.storeFor(reference).create(reference, new CreateOptions(overwrite, false))) {
                written.addAll(AtomicFiles.filled(file, () -> copies(planned, file, name)));
            }
        }
        written.sort(java.util.Comparator.comparingLong(SetPiece::offset));
        return written;
    }

    private List<SetPiece> copies(List<SetPiece> planned, ImageFile file, String name) throws ImagingException {
        List<SetPiece> copies = new ArrayList<>();
        List<SetPiece> inFile = planned.stream().filter(piece -> piece.file().equals(name)).toList();
        for (int i = 0; i < inFile.size(); i++) {
            copies.add(copy(inFile.get(i), file, i == inFile.size() - 1));
        }
        return copies;
    }

    private SetPiece copy(SetPiece piece, ImageFile file, boolean last) throws ImagingException {
        MessageDigest sha256 = CopyBuffers.sha256();
        ExtentList.Builder unreadable = new ExtentList.Builder();
        long length = piece.length().getAsLong();
        for (long done = 0; done < length; ) {
            progress.checkpoint();
            int bytes = (int) Math.min(CopyBuffers.LENGTH, length - done);
            read(piece.offset() + done, bytes, unreadable);
            sha256.update(block.duplicate());
            // the last block gives the file its length; what was not written is a hole, and reads as zeros
            if (last && done + bytes == length || !file.seekable() || !CopyBuffers.isZero(block)) {
                file.write(piece.fileOffset() + done, block);
            }
            done += bytes;
            progress.add(bytes);
        }
        report(unreadable.build());
        return new SetPiece(piece.file(), piece.fileOffset(), piece.offset(), piece.length(),
                Optional.of(CopyBuffers.value(sha256)), unreadable.build());
    }

    /**
     * Compares the pieces that an earlier run stored with the disk.
     *
     * @return the pieces with their digests; empty if they are not all there, or not all of the disk can be read any more
     * @throws UsageException if the disk is another one than it was, or its partitions were changed
     */
    Optional<List<SetPiece>> reusable(List<SetPiece> planned) throws ImagingException {
        List<SetPiece> kept = new ArrayList<>();
        for (SetPiece piece : planned) {
            if (!folder.has(piece.file())) {
                return Optional.empty();
            }
            try (ImageFile file = folder.open(piece.file(), false)) {
                Optional<SetPiece> same = compared(piece, file);
                if (same.isEmpty()) {
                    return Optional.empty();
                }
                kept.add(same.get());
            }
        }
        return Optional.of(kept);
    }

    private Optional<SetPiece> compared(SetPiece piece, ImageFile file) throws ImagingException {
        long length = piece.length().getAsLong();
        if (file.length() < piece.fileOffset() + length) {
            throw changed(file.reference(), piece.offset());
        }
        MessageDigest sha256 = CopyBuffers.sha256();
        ExtentList.Builder unreadable = new ExtentList.Builder();
        for (long done = 0; done < length; ) {
            progress.checkpoint();
            int bytes = (int) Math.min(CopyBuffers.LENGTH, length - done);
            read(piece.offset() + done, bytes, unreadable);
            if (unreadable.count() > 0) {
                return Optional.empty();
            }
            sha256.update(block.duplicate());
            file.read(piece.fileOffset() + done, stored.clear().limit(bytes));
            int difference = block.mismatch(stored.flip());
            if (difference >= 0) {
                throw changed(file.reference(), piece.offset() + done + difference);
            }
            done += bytes;
            progress.add(bytes);
        }
        return Optional.of(new SetPiece(piece.file(), piece.fileOffset(), piece.offset(), piece.length(),
                Optional.of(CopyBuffers.value(sha256)), ExtentList.empty()));
    }

    private UsageException changed(String file, long offset) {
        return new UsageException("\"" + disk.info().reference() + "\" is not the disk that the unfinished set is of, or it was"
                + " partitioned anew: byte " + offset + " is not as it stands in \"" + file + "\"",
                "begin a new set (another --out-dir, or --force without --resume)");
    }

    /** Fills {@link #block} with bytes of the disk, zeros where it cannot be read and that may be recorded. */
    private void read(long offset, int bytes, ExtentList.Builder unreadable) throws ImagingException {
        block.clear().limit(bytes);
        if (disk.tryRead(offset, block)) {
            bytesRead += bytes;
        } else {
            bytesRead += disk.readPieces(offset, offset + bytes, block.clear().limit(bytes), offset, unreadable);
        }
        block.position(0).limit(bytes);
    }

    private void report(ExtentList unreadable) {
        for (int i = 0; i < unreadable.count(); i++) {
            progress.notice("\"" + disk.info().reference() + "\": bytes " + unreadable.offset(i) + " to "
                    + (unreadable.end(i) - 1) + ", outside the partitions, cannot be read; recorded as unreadable");
        }
    }

    /** Returns the bytes read from the disk. */
    long bytesRead() {
        return bytesRead;
    }
}
