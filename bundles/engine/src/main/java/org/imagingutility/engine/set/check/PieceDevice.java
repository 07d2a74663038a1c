package org.imagingutility.engine.set.check;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.DiskFacts;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.TableWrite;

/**
 * The disk of a set as far as it is kept outside the partitions, with what is changed of that on another disk; all else reads
 * as zeros. For one thread.
 */
public final class PieceDevice implements Device {
    private static final int USUAL_SECTOR_SIZE = 512;
    /** Bytes that are made zeros at a time. */
    private static final int ZEROS = 64 << 10;

    private final DeviceInfo info;
    private final List<StoredPiece> pieces;
    private final List<TableWrite> changes;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);

    /** Creates the disk as it was. */
    public PieceDevice(String name, BackupManifest manifest, List<StoredPiece> pieces) {
        DiskFacts disk = manifest.disk();
        int sectorSize = disk.sectorSize() >= USUAL_SECTOR_SIZE && disk.sectorSize() <= 65536
                && Integer.bitCount(disk.sectorSize()) == 1 ? disk.sectorSize() : USUAL_SECTOR_SIZE;
        this.info = new DeviceInfo(name, DeviceKind.FILE, disk.length(), sectorSize, "", Optional.empty(), List.of(), true);
        this.pieces = List.copyOf(pieces);
        this.changes = List.of();
    }

    private PieceDevice(PieceDevice disk, long length, List<TableWrite> changes) {
        DeviceInfo old = disk.info;
        this.info = new DeviceInfo(old.reference(), old.kind(), length, old.sectorSize(), old.label(), old.parent(),
                old.mountPoints(), old.readOnly());
        this.pieces = disk.pieces;
        this.changes = List.copyOf(changes);
    }

    /** Returns what stands outside the partitions on a disk of {@code length} bytes. */
    public PieceDevice changed(long length, List<TableWrite> writes) {
        return new PieceDevice(this, length, writes);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int begin = target.position();
        int limit = target.limit();
        long end = offset + target.remaining();
        while (target.hasRemaining()) {
            target.put(zeros.clear().limit(Math.min(zeros.capacity(), target.remaining())));
        }
        target.position(begin);
        for (StoredPiece piece : pieces) {
            long from = Math.max(offset, piece.offset());
            long to = Math.min(end, piece.offset() + piece.length());
            if (from < to) {
                piece.read(from, target.limit(begin + (int) (to - offset)).position(begin + (int) (from - offset)));
            }
        }
        target.limit(limit).position(begin);
        for (TableWrite change : changes) {
            ByteBuffer bytes = change.bytes();
            long from = Math.max(offset, change.offset());
            long to = Math.min(end, change.offset() + bytes.remaining());
            if (from < to) {
                target.put(begin + (int) (from - offset), bytes, (int) (from - change.offset()), (int) (to - from));
            }
        }
        target.limit(limit).position(limit);
    }

    @Override
    public void close() {
        // the files belong to the set
    }
}
