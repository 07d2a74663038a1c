package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.group.DescriptorReader;
import org.imagingutility.fs.ext.inode.Inode;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;

/** Reads inodes, best those that are neighbours one after the other: holds a piece of the table. For one thread. */
final class InodeTable {
    private static final int PIECE = 16 << 10;
    private static final int WIDE_DIRECTORIES = 0x4000;
    private static final int HUGE_FILES = 0x8;

    private final Volume volume;
    private final Geometry geometry;
    private final DescriptorReader descriptors;
    private final AlignedReader reader;
    private ByteBuffer piece;
    private long pieceAt = -1;
    private long table = -1;
    private long tableOf = -1;

    InodeTable(Volume volume) {
        this.volume = volume;
        this.geometry = volume.geometry();
        this.descriptors = new DescriptorReader(new AlignedReader(volume.device()), volume.superblock(), volume.place(0));
        this.reader = new AlignedReader(volume.device());
    }

    /** Returns the number of inodes of the volume. */
    long count() {
        return geometry.groupCount() * geometry.inodesPerGroup();
    }

    /**
     * Reads an inode that a directory or another inode names.
     *
     * @param namedAt where the number stands
     */
    FileInode read(long number, Place namedAt) throws ImagingException {
        if (number < 1 || number > count()) {
            throw namedAt.wrong(0, "inode " + number + " is named, the volume has 1 to " + count());
        }
        long group = (number - 1) / geometry.inodesPerGroup();
        if (group != tableOf) {
            tableOf = -1;
            table = geometry.offset(descriptors.read(group).inodeTable());
            tableOf = group;
        }
        long offset = table + (number - 1) % geometry.inodesPerGroup() * geometry.inodeSize();
        ByteBuffer bytes = bytes(offset);
        Inode blocks = Inode.parse(bytes, 0, volume.superblock());
        return new FileInode(number, bytes, blocks, volume.place(offset), (volume.superblock().features().incompat() & WIDE_DIRECTORIES) != 0,
                (volume.superblock().features().roCompat() & HUGE_FILES) != 0);
    }

    /** Returns a copy: the piece changes with the next inode. */
    private ByteBuffer bytes(long offset) throws ImagingException {
        long from = offset / PIECE * PIECE;
        if (from != pieceAt) {
            // a failed read leaves no piece
            pieceAt = -1;
            piece = reader.read(from, (int) Math.min(PIECE, geometry.length() - from));
            pieceAt = from;
        }
        int size = geometry.inodeSize();
        if (size > PIECE || offset - from > piece.limit() - size) {
            return volume.read(offset, size);
        }
        byte[] copy = new byte[size];
        piece.get((int) (offset - from), copy);
        return ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    }
}
